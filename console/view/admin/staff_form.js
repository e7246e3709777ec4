/** Inviting somebody, or giving a member of staff another role or branch; what the role may is told before it is given. */

import { useForm } from '../../core/form.js';
import { t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { useBranches } from './branches.js';
import { RolePreview } from './role_preview.js';

/** Roles that are given in a dealership, the nearest to the customer first. */
export const ROLES = ['SALES', 'INVENTORY', 'SERVICE', 'BRANCH_MANAGER', 'AUDITOR', 'DEALER_ADMIN'];

/** Those that are held at one branch. */
const OF_BRANCH = ['SALES', 'INVENTORY', 'SERVICE', 'BRANCH_MANAGER'];

/** @param {{ viewer: any, member?: any, onDone: (text: string) => void, onClose: () => void }} props */
export function StaffForm({ viewer, member, onDone, onClose }) {
  const branches = useBranches().filter((one) => !one.isClosed);
  const form = useForm({ name: '', email: '', role: member?.role ?? 'SALES', branch: member?.branch?.id ?? viewer.viewer.branch?.id ?? '' });
  const { name, email, role, branch } = form.values;
  const isOfBranch = OF_BRANCH.includes(role);
  const roles = ROLES.filter((one) => one !== 'DEALER_ADMIN' || viewer.viewer.role === 'HQ_ADMIN' || member?.role === one);
  const submit = async () => {
    const given = { role, branch: isOfBranch ? branch : null };
    const payload = member
      ? await form.send('AdminChangeMembership', { ...given, staffMember: member.id }, { creates: true })
      : await form.send('AdminInviteStaff', { ...given, name, email: email.trim() }, { creates: true });
    if (payload) onDone(member ? t('admin.saved') : t('admin.staff.invited', { email: email.trim() }));
  };
  return html`
    <${FormDialog} title=${member ? t('admin.staff.change.title', member) : t('admin.staff.invite')} form=${form} isWide
      action=${member ? t('admin.staff.change') : t('admin.staff.send')} onSubmit=${submit} onClose=${onClose}>
      ${!member && html`
        <div class="form-row">
          <${Field} ...${form.field('name')} label=${t('admin.name')} required autofocus maxlength=${120} autocomplete="off" />
          <${Field} ...${form.field('email')} label=${t('admin.email')} hint=${t('admin.staff.email.hint')} type="email" required autocomplete="off" />
        </div>
      `}
      <div class="form-row">
        <${Field} ...${form.field('role')} label=${t('admin.role')} options=${roles.map((value) => ({ value, text: word('role', value) }))} />
        ${isOfBranch && html`<${Field} ...${form.field('branch')} label=${t('admin.branch')} required empty=${t('admin.choose')} options=${branches} />`}
      </div>
      <${RolePreview} role=${role} where=${isOfBranch ? branches.find((one) => one.value === branch)?.text : viewer.viewer.dealership.name} />
      ${member && html`<p class="hint">${t('admin.staff.change.text')}</p>`}
    </${FormDialog}>
  `;
}
