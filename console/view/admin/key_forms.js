/** Making a key, putting another in its place, taking it back. */

import { after } from '../../core/day.js';
import { useForm } from '../../core/form.js';
import { useQuery } from '../../core/query.js';
import { t, today } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Check, Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { endOf } from './amount.js';
import { useBranches } from './branches.js';
import { Zone } from './parts.js';

/** @param {{ viewer: any, onDone: (payload: any) => void, onClose: () => void }} props */
export function KeyForm({ viewer, onDone, onClose }) {
  const { timeZone } = viewer.viewer.dealership;
  const now = today(timeZone);
  const branches = useBranches();
  const companies = useQuery('AdminFinanceCompanies', { filter: { retired: false }, first: 100, after: null }).data?.financeCompanies.nodes ?? [];
  const form = useForm({ name: '', financeCompany: '', expiresAt: after(now, 365), networks: '', branches: /** @type {string[]} */ ([]) });
  const chosen = form.values.branches;
  const turn = (/** @type {string} */ id, /** @type {boolean} */ isOn) => form.set({ branches: isOn ? [...chosen, id] : chosen.filter((one) => one !== id) });
  const submit = async () => {
    const { name, financeCompany, expiresAt, networks } = form.values;
    const list = networks.split(/[\s,]+/).filter(Boolean);
    const input = { name, financeCompany, scopes: ['BILL_STATUS_READ'], expiresAt: endOf(expiresAt, timeZone), branches: chosen.length ? chosen : null, networks: list.length ? list : null };
    const fields = Object.fromEntries(list.map((_, at) => [`networks.${at}`, 'networks']));
    const payload = await form.send('AdminCreatePartnerKey', input, { creates: true, fields });
    if (payload) onDone(payload);
  };
  return html`
    <${FormDialog} title=${t('admin.key.create')} form=${form} action=${t('admin.key.create')} onSubmit=${submit} onClose=${onClose}>
      <${Field} ...${form.field('financeCompany')} label=${t('admin.key.company')} required autofocus empty=${t('admin.choose')} options=${companies.map((/** @type {any} */ one) => ({ value: one.id, text: one.name }))} />
      <${Field} ...${form.field('name')} label=${t('admin.key.name')} hint=${t('admin.key.name.hint')} required maxlength=${120} />
      <p>${t('admin.key.scope')}</p>
      <${Field} ...${form.field('expiresAt')} label=${t('admin.key.last_day')} hint=${t('admin.key.last_day.hint')} type="date" min=${now} max=${after(now, 730)} required />
      <${Zone} viewer=${viewer} />
      ${branches.length > 1 && html`<fieldset><legend>${t('admin.key.branches')}</legend><p class="hint">${t('admin.key.branches.hint')}</p>
        <div class="checks">${branches.map((one) => html`<${Check} key=${one.value} label=${one.text} value=${chosen.includes(one.value)} onValue=${(/** @type {boolean} */ isOn) => turn(one.value, isOn)} />`)}</div></fieldset>`}
      <${Field} ...${form.field('networks')} label=${t('admin.key.networks')} hint=${t('admin.key.networks.hint')} rows=${2} spellcheck=${false} />
    </${FormDialog}>
  `;
}

/** @param {{ of: any, onDone: (payload: any) => void, onClose: () => void }} props */
export function RotateForm({ of, onDone, onClose }) {
  const form = useForm({ overlapDays: '7' });
  const submit = async () => {
    const payload = await form.send('AdminRotatePartnerKey', { partnerKey: of.id, overlapDays: Number(form.values.overlapDays) }, { creates: true });
    if (payload) onDone(payload);
  };
  return html`
    <${FormDialog} title=${t('admin.key.rotate.title', of)} form=${form} action=${t('admin.key.rotate')} onSubmit=${submit} onClose=${onClose}>
      <p>${t('admin.key.rotate.text')}</p>
      <${Field} ...${form.field('overlapDays')} label=${t('admin.key.overlap')} hint=${t('admin.key.overlap.hint')} type="number" min=${0} max=${30} step=${1} required />
    </${FormDialog}>
  `;
}

/** @param {{ of: any, onDone: () => void, onClose: () => void }} props */
export function RevokeForm({ of, onDone, onClose }) {
  const form = useForm({ reason: '' });
  const submit = async () => {
    const payload = await form.send('AdminRevokePartnerKey', { partnerKey: of.id, reason: form.values.reason });
    if (payload) onDone();
  };
  return html`
    <${FormDialog} title=${t('admin.key.revoke.title', of)} form=${form} kind="danger" action=${t('admin.key.revoke')} onSubmit=${submit} onClose=${onClose}>
      <p>${t('admin.key.revoke.text')}</p>
      <${Field} ...${form.field('reason')} label=${t('admin.reason')} required autofocus maxlength=${200} />
    </${FormDialog}>
  `;
}
