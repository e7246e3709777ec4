/** A transfer to begin: a unit asked of another branch, or offered to one. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { BranchField, OtherBranchField } from '../place.js';
import { UnitPicker } from './unit_picker.js';

/** @param {{ viewer: any, onClose: () => void, onDone: () => void }} props */
export function Request({ viewer, onClose, onDone }) {
  const form = useForm({ branch: '', from: '', chassisNumber: '', notes: '' });
  const { branch, from, chassisNumber, notes } = form.values;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const input = { from: from.trim(), chassisNumber, ...(branch && { branch }), ...(notes.trim() && { notes }) };
    if (!(await form.send('TransferRequest', input, { creates: true }))) return;
    say(t('transfer.requested'));
    onDone();
  };
  return html`
    <${Dialog} title=${t('transfer.request')} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <p>${t('transfer.request.text')}</p>
        <${FormFault} fault=${form.fault} errors=${form.errors} />
        <${BranchField} viewer=${viewer} label=${t('transfer.to')} ...${form.field('branch')} />
        <${OtherBranchField} viewer=${viewer} label=${t('transfer.from')} not=${branch || undefined} ...${form.field('from')} />
        <${Field} ...${form.field('chassisNumber')} label=${t('stock.chassis')} required maxlength="40" autocapitalize="characters" spellcheck=${false} />
        <${Field} ...${form.field('notes')} label=${t('stock.notes')} rows=${2} maxlength="500" />
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('transfer.request')}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}

/** @param {{ viewer: any, unit?: any, onClose: () => void, onDone: () => void }} props without `unit` it is chosen here */
export function Offer({ viewer, unit, onClose, onDone }) {
  const form = useForm({ unit: unit ?? null, to: '', notes: '' });
  const { unit: chosen, to, notes } = form.values;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!chosen) return form.setErrors({ unit: t('stock.pick.required') });
    const input = { unit: chosen.id, to: to.trim(), ...(notes.trim() && { notes }) };
    if (!(await form.send('TransferOffer', input, { creates: true }))) return;
    say(t('transfer.offered'));
    onDone();
  };
  return html`
    <${Dialog} title=${unit ? `${t('transfer.offer')}: ${unit.chassisNumber}` : t('transfer.offer')} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${form.fault} errors=${unit ? { '': form.errors.unit ?? '' } : form.errors} />
        ${!unit && html`<${UnitPicker} viewer=${viewer} ...${form.field('unit')} />`}
        <${OtherBranchField} viewer=${viewer} label=${t('transfer.to')} not=${chosen?.branch.id} ...${form.field('to')} />
        <${Field} ...${form.field('notes')} label=${t('stock.notes')} rows=${2} maxlength="500" />
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('transfer.offer')}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}
