/** The taxpayer number and the rates, from a day on. */

import { after } from '../../core/day.js';
import { useForm } from '../../core/form.js';
import { day, t, today } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { Panel } from '../../ui/page.js';
import { Empty } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { share, shareOf, typedShare } from './amount.js';
import { When, Zone } from './parts.js';

/** @param {{ viewer: any, profiles: any[], onDone: () => void }} props newest first */
export function Taxes({ viewer, profiles, onDone }) {
  const [isSetting, setSetting] = useState(false);
  const now = today(viewer.viewer.dealership.timeZone);
  const present = profiles.find((one) => one.validFrom <= now);
  const whenOf = (/** @type {any} */ one) => (one === present ? 'present' : one.validFrom > now ? 'coming' : 'past');
  const done = () => {
    setSetting(false);
    say(t('admin.saved'));
    onDone();
  };
  const set = html`<${Button} kind="primary" icon="plus" onClick=${() => setSetting(true)}>${t('admin.tax.set')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.taxes')} actions=${set}>
      <p class="hint">${t('admin.tax.text')}</p>
      ${profiles.length ? html`<${Table} caption=${t('admin.taxes')} rows=${profiles} columns=${[
        { title: t('admin.from'), isMain: true, cell: (/** @type {any} */ one) => day(one.validFrom) },
        { title: t('admin.tin'), cell: (/** @type {any} */ one) => one.tin ? html`<code>${one.tin}</code>` : t('admin.tax.no_tin') },
        { title: t('admin.tax.vat'), isNumber: true, cell: (/** @type {any} */ one) => share(one.vatBp) },
        { title: t('admin.tax.sscl'), isNumber: true, cell: (/** @type {any} */ one) => share(one.ssclBp) },
        { title: t('admin.state'), cell: (/** @type {any} */ one) => html`<${When} of=${whenOf(one)} />` },
      ]} />` : html`<${Empty} title=${t('admin.tax.none')} />`}
    </${Panel}>
    ${isSetting && html`<${TaxForm} viewer=${viewer} present=${present} now=${now} onDone=${done} onClose=${() => setSetting(false)} />`}
  `;
}

/** @param {{ viewer: any, present: any, now: string, onDone: () => void, onClose: () => void }} props */
function TaxForm({ viewer, present, now, onDone, onClose }) {
  const form = useForm({ tin: present?.tin ?? '', vatBp: typedShare(present?.vatBp), ssclBp: typedShare(present?.ssclBp), validFrom: after(now, 1) });
  const submit = async () => {
    const vat = shareOf(form.values.vatBp);
    const sscl = shareOf(form.values.ssclBp);
    const errors = { ...(vat === null && { vatBp: t('admin.share.wrong') }), ...(sscl === null && { ssclBp: t('admin.share.wrong') }) };
    if (Object.keys(errors).length) return form.setErrors(errors);
    const payload = await form.send('AdminSetTaxProfile', { tin: form.values.tin.trim() || null, vatBp: vat, ssclBp: sscl, validFrom: form.values.validFrom }, { creates: true });
    return payload && onDone();
  };
  return html`
    <${FormDialog} title=${t('admin.tax.set')} form=${form} action=${t('admin.tax.set')} onSubmit=${submit} onClose=${onClose}>
      <${Field} ...${form.field('tin')} label=${t('admin.tin')} hint=${t('admin.tax.tin.hint')} maxlength=${20} spellcheck=${false} />
      <div class="form-row">
        <${Field} ...${form.field('vatBp')} label=${t('admin.tax.vat.percent')} inputmode="decimal" required />
        <${Field} ...${form.field('ssclBp')} label=${t('admin.tax.sscl.percent')} inputmode="decimal" required />
      </div>
      <${Field} ...${form.field('validFrom')} label=${t('admin.valid_from')} hint=${t('admin.valid_from.hint')} type="date" min=${now} required />
      <${Zone} viewer=${viewer} />
    </${FormDialog}>
  `;
}
