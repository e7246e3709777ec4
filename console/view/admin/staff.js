/** Staff: who works where as what. */

import { usePages } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { day, t, time, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { dayOf } from './amount.js';
import { Mark, RowActions, Sure } from './parts.js';
import { ROLES, StaffForm } from './staff_form.js';

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function Staff({ viewer, query }) {
  const [asked, setAsked] = useState(/** @type {{ what: string, member?: any } | null} */ (null));
  const role = query.get('role');
  const shown = query.get('staff') ?? 'present';
  const list = usePages('AdminStaff', { filter: { ...(role && { role: [role] }), ...(shown !== 'all' && { ended: shown === 'ended' }) } });
  const zone = viewer.viewer.dealership.timeZone;
  const close = () => setAsked(null);
  const done = (/** @type {string} */ text) => {
    close();
    say(text);
    list.again();
  };
  // Memberships of head office are head office's, and nobody ends the own one.
  const isOurs = (/** @type {any} */ member) => !member.role.startsWith('HQ_') && member.email !== viewer.viewer.email;
  const actions = (/** @type {any} */ member) => !member.endedAt && isOurs(member)
    ? [
        [t('admin.staff.change'), () => setAsked({ what: 'form', member })],
        [t('admin.staff.sign_out'), () => setAsked({ what: 'sessions', member })],
        [t('admin.staff.end'), () => setAsked({ what: 'end', member })],
      ]
    : [];
  const invite = html`<${Button} kind="primary" icon="plus" onClick=${() => setAsked({ what: 'form' })}>${t('admin.staff.invite')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.tab.staff')} actions=${invite}>
      <div class="form-row narrowing">
        <${Field} label=${t('admin.staff.shown')} value=${shown} onValue=${(/** @type {string} */ value) => setQuery({ staff: value === 'present' ? null : value })}
          options=${['present', 'ended', 'all'].map((value) => ({ value, text: t(`admin.staff.${value}`) }))} />
        <${Field} label=${t('admin.role')} value=${role ?? ''} empty=${t('admin.staff.any_role')} onValue=${(/** @type {string} */ value) => setQuery({ role: value })}
          options=${ROLES.map((value) => ({ value, text: word('role', value) }))} />
      </div>
      <${List} list=${list} caption=${t('admin.tab.staff')} empty=${t('admin.staff.none')} columns=${[
        { title: t('admin.name'), isMain: true, cell: (/** @type {any} */ one) => html`${one.name ?? t('admin.staff.unnamed')} ${one.email === viewer.viewer.email && html`<${Mark} kind="info">${t('admin.staff.you')}</${Mark}>`}${one.email && html`<br /><small>${one.email}</small>`}` },
        { title: t('admin.role'), cell: (/** @type {any} */ one) => word('role', one.role) },
        { title: t('admin.branch'), cell: (/** @type {any} */ one) => one.branch ? `${one.branch.code} · ${one.branch.name}` : t('frame.all_branches') },
        { title: t('admin.staff.since'), cell: (/** @type {any} */ one) => html`${day(dayOf(one.since, zone))}${one.endedAt && html`<br /><${Mark}>${t('admin.staff.ended_at', { at: time(one.endedAt, zone) })}</${Mark}>`}` },
        shown !== 'ended' && { title: t('admin.actions'), cell: (/** @type {any} */ one) => html`<${RowActions} of=${one.name ?? one.email ?? ''} actions=${actions(one)} />` },
      ]} />
    </${Panel}>
    ${asked?.what === 'form' && html`<${StaffForm} viewer=${viewer} member=${asked.member} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'end' && html`<${Sure} title=${t('admin.staff.end.title', asked.member)} text=${t('admin.staff.end.text')} action=${t('admin.staff.end')}
      operation="AdminEndMembership" input=${{ staffMember: asked.member.id }} onDone=${() => done(t('admin.staff.end.done'))} onClose=${close} />`}
    ${asked?.what === 'sessions' && html`<${Sure} title=${t('admin.staff.sign_out.title', asked.member)} text=${t('admin.staff.sign_out.text')} action=${t('admin.staff.sign_out')}
      operation="AdminEndStaffSessions" input=${{ staffMember: asked.member.id }} onDone=${() => done(t('admin.staff.sign_out.done'))} onClose=${close} />`}
  `;
}
