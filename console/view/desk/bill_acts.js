/** What becomes of a bill: completed, given another bike, given its proforma, cancelled, credited, mailed. */

import { useForm } from '../../core/form.js';
import { usePreview } from '../../core/preview.js';
import { t, typed } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Check, Field } from '../../ui/field.js';
import { Act } from './act.js';
import { emptyRow, Payments, paymentsOf } from './payments.js';
import { Preview } from './preview.js';
import { emptyTerms, TermsFields, termsOf } from './terms.js';
import { Units } from './units.js';

/** @typedef {import('./money_acts.js').ActProps} ActProps */

/** @param {ActProps} props */
export function CloseAdvance({ bill, currency, onDone, onClose }) {
  const [isAnew, setAnew] = useState(false);
  const form = useForm({
    ...emptyTerms(),
    sale: bill.saleType,
    financeCompany: bill.financeCompany?.id ?? '',
    downPayment: typed(bill.downPayment?.amountMinor),
    price: typed(bill.vehiclePrice.amountMinor),
    payments: [{ ...emptyRow(), amount: bill.balance.amountMinor > 0 ? typed(bill.balance.amountMinor) : '' }],
  });
  const { payments, errors: unread } = paymentsOf(form.values.payments);
  const terms = termsOf(form.values);
  const input = { bill: bill.id, payments, ...(isAnew && { terms: terms.input }) };
  const isRead = !Object.keys(unread).length && !(isAnew && Object.keys(terms.errors).length);
  const preview = usePreview('PreviewClosing', isRead ? input : null);
  const send = async () => {
    const wrong = { ...unread, ...(isAnew && within(terms.errors)) };
    form.setErrors(wrong);
    if (Object.keys(wrong).length) return null;
    return form.send('CloseAdvance', input, { creates: true });
  };
  // Of the terms, without the name of the part they are in.
  const errors = Object.fromEntries(Object.entries(form.errors).map(([path, message]) => [path.replace(/^terms\./, ''), message]));
  return html`
    <${Act} isWide title=${t('desk.close_advance')} lead=${t('desk.close_advance.lead', { amount: bill.balance.formatted })} form=${form} fields=${isAnew ? ['payments', 'terms.priceMinor', 'terms.leasing'] : ['payments']} submit=${t('desk.close_advance.submit')} onSend=${send} done=${t('desk.close_advance.done')} onDone=${onDone} onClose=${onClose}>
      <${Payments} rows=${form.values.payments} onRows=${(/** @type {any} */ payments) => form.set({ payments })} errors=${errors} currency=${currency} legend=${t('desk.paid_now')} />
      <${Check} label=${t('desk.terms_anew')} hint=${t('desk.terms_anew.hint')} value=${isAnew} onValue=${setAnew} />
      ${isAnew && html`<${TermsFields} terms=${form.values} onTerms=${form.set} model=${bill.model} errors=${errors} currency=${currency} />`}
      <${Preview} preview=${preview} />
    </${Act}>
  `;
}

/** @param {Record<string, string>} errors */
const within = (errors) => Object.fromEntries(Object.entries(errors).map(([path, message]) => [`terms.${path}`, message]));

/** @param {ActProps} props */
export function SwapUnit({ bill, timeZone, onDone, onClose }) {
  const form = useForm({ unit: /** @type {any} */ (null) });
  const unit = form.values.unit;
  const send = () => (unit ? form.send('SwapUnit', { bill: bill.id, unit: unit.id }) : Promise.resolve(null));
  return html`
    <${Act} title=${t('desk.swap')} lead=${t('desk.swap.lead', { model: bill.modelName, chassis: bill.chassisNumber ?? '–' })} form=${form} fields=${['unit']} submit=${t('desk.swap.submit')} onSend=${send} done=${t('desk.swap.done')} onDone=${onDone} onClose=${onClose}>
      ${bill.model
        ? html`<${Units} model=${bill.model.id} branch=${bill.branch.id} value=${unit} onValue=${(/** @type {any} */ one) => form.set({ unit: one })} error=${form.errors.unit} timeZone=${timeZone} />`
        : html`<p class="hint">${t('desk.swap.no_model')}</p>`}
    </${Act}>
  `;
}

/** @param {ActProps} props */
export function IssueProforma({ bill, onDone, onClose }) {
  const form = useForm({});
  const send = () => form.send('IssueProforma', { bill: bill.id });
  const lead = t('desk.proforma.lead', { company: bill.financeCompany?.name ?? '–', amount: bill.leasedAmount?.formatted ?? '–' });
  return html`<${Act} title=${t('desk.proforma')} lead=${lead} form=${form} submit=${t('desk.proforma.submit')} onSend=${send} done=${t('desk.proforma.done')} onDone=${onDone} onClose=${onClose} />`;
}

/** @param {ActProps} props */
export function CancelBill({ bill, onDone, onClose }) {
  const form = useForm({ reason: '' });
  const send = () => form.send('CancelBill', { bill: bill.id, reason: form.values.reason });
  return html`
    <${Act} title=${t('desk.cancel')} lead=${t('desk.cancel.lead')} form=${form} fields=${['reason']} submit=${t('desk.cancel.submit')} isDanger onSend=${send} done=${t('desk.cancel.done')} onDone=${onDone} onClose=${onClose}>
      <${Field} ...${form.field('reason')} label=${t('desk.reason')} required autofocus maxlength="200" />
    </${Act}>
  `;
}

/** @param {ActProps} props */
export function CreditBill({ bill, onDone, onClose }) {
  const form = useForm({ reason: '', returned: '' });
  const send = () => form.send('CreditBill', { bill: bill.id, ...form.values }, { creates: true });
  const states = ['FOR_SALE', 'DAMAGED'].map((value) => ({ value, text: t(`desk.returned.${value}`) }));
  return html`
    <${Act} title=${t('desk.credit')} lead=${t('desk.credit.lead', { number: bill.number })} form=${form} fields=${['reason', 'returned']} submit=${t('desk.credit.submit')} isDanger onSend=${send} done=${t('desk.credit.done')} onDone=${onDone} onClose=${onClose}>
      <${Field} ...${form.field('reason')} label=${t('desk.reason')} hint=${t('desk.credit.hint')} required autofocus maxlength="200" />
      <${Field} ...${form.field('returned')} label=${t('desk.returned')} required empty=${t('desk.returned.choose')} options=${states} />
    </${Act}>
  `;
}

/** @param {ActProps} props */
export function MailBill({ bill, onDone, onClose }) {
  const form = useForm({ email: '' });
  const send = () => form.send('MailBill', { bill: bill.id, email: form.values.email.trim() }, { creates: true });
  return html`
    <${Act} title=${t('desk.mail')} lead=${t('desk.mail.lead')} form=${form} fields=${['email']} submit=${t('desk.mail.submit')} onSend=${send} done=${t('desk.mail.done', { email: form.values.email })} onDone=${onDone} onClose=${onClose}>
      <${Field} ...${form.field('email')} label=${t('desk.email')} type="email" autocomplete="off" required autofocus />
    </${Act}>
  `;
}
