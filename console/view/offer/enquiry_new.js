/** An enquiry to enter, and one to give up. */

import { useForm } from '../../core/form.js';
import { go, to } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { given } from '../stock/filter.js';
import { BranchField } from '../place.js';

/** @param {{ viewer: any, models: any[], onClose: () => void }} props */
export function NewEnquiry({ viewer, models, onClose }) {
  const form = useForm({ branch: '', name: '', phone: '', model: '', notes: '' });
  const { branch, name, phone, model, notes } = form.values;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const payload = await form.send('EnquiryCreate', { name, phone, ...given({ branch, model, notes: notes.trim() }) }, { creates: true });
    if (!payload) return;
    say(t('enquiry.entered'));
    go(to(`enquiries/${payload.enquiry.id}`));
  };
  return html`
    <${Dialog} title=${t('enquiry.new')} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${form.fault} errors=${form.errors} />
        <${BranchField} viewer=${viewer} ...${form.field('branch')} />
        <div class="form-row">
          <${Field} ...${form.field('name')} label=${t('offer.name')} required maxlength="120" autofocus autocomplete="off" />
          <${Field} ...${form.field('phone')} label=${t('offer.phone')} type="tel" required autocomplete="off" />
        </div>
        <${Field} ...${form.field('model')} label=${t('stock.model')} empty=${t('enquiry.no_model')} options=${models.filter((one) => !one.retiredAt).map((one) => ({ value: one.id, text: one.name }))} />
        <${Field} ...${form.field('notes')} label=${t('enquiry.said')} rows=${3} maxlength="1000" />
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('action.save')}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}

/** @param {{ enquiry: any, onClose: () => void, onDone: () => void }} props */
export function LoseEnquiry({ enquiry, onClose, onDone }) {
  const form = useForm({ reason: '' });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!(await form.send('EnquiryLose', { enquiry: enquiry.id, reason: form.values.reason }))) return;
    say(t('enquiry.lost'));
    onDone();
  };
  return html`
    <${Dialog} title=${t('enquiry.lose')} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${form.fault} errors=${{ '': form.errors.enquiry ?? '' }} />
        <${Field} ...${form.field('reason')} label=${t('stock.reason')} required maxlength="200" rows=${2} />
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="danger" type="submit" isBusy=${form.isBusy}>${t('enquiry.lose')}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}
