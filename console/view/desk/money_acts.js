/** Money of a bill: taken, come from the leasing company, taken back, given back. */

import { t, today, typed, word } from '../../core/text.js';
import { useForm } from '../../core/form.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { Act } from './act.js';
import { Amount, amountsOf } from './amount.js';
import { methodOptions } from './payments.js';

/** @typedef {{ bill: any, currency: string, timeZone: string, onDone: (payload: any) => void, onClose: () => void }} ActProps */

/** @param {any} form @param {string} operation @param {Record<string, any>} input the amount left out */
async function sendAmount(form, operation, input) {
  const { amounts, errors } = amountsOf({ amountMinor: form.values.amountMinor });
  form.setErrors(errors);
  if (Object.keys(errors).length) return null;
  return form.send(operation, { ...input, ...amounts }, { creates: true });
}

/** @param {{ form: any, isCheque?: boolean }} props */
const Reference = ({ form, isCheque = false }) => html`<${Field} ...${form.field('reference')} label=${t(isCheque ? 'desk.cheque' : 'desk.reference')} autocomplete="off" />`;

/** What was typed into optional fields. @param {Record<string, string>} texts */
const given = (texts) => Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()).map(([name, text]) => [name, text.trim()]));

/** @param {ActProps} props */
export function TakePayment({ bill, currency, timeZone, onDone, onClose }) {
  const form = useForm({ method: 'CASH', amountMinor: typed(bill.balance.amountMinor), receivedOn: today(timeZone), reference: '' });
  const { method, receivedOn, reference } = form.values;
  const send = () => sendAmount(form, 'TakePayment', { bill: bill.id, method, ...given({ receivedOn, reference }) });
  return html`
    <${Act} title=${t('desk.take_payment')} lead=${t('desk.due', { amount: bill.balance.formatted })} form=${form} fields=${['amountMinor', 'method', 'receivedOn', 'reference']} submit=${t('desk.take_payment.submit')} onSend=${send} done=${t('desk.take_payment.done')} onDone=${onDone} onClose=${onClose}>
      <div class="form-row">
        <${Amount} ...${form.field('amountMinor')} label=${t('desk.amount', { currency })} required autofocus />
        <${Field} ...${form.field('method')} label=${t('desk.method')} options=${methodOptions()} />
      </div>
      <div class="form-row">
        <${Reference} form=${form} isCheque=${method === 'CHEQUE'} />
        <${Field} ...${form.field('receivedOn')} label=${t('desk.received_on')} type="date" max=${today(timeZone)} />
      </div>
    </${Act}>
  `;
}

/** @param {ActProps} props */
export function RecordDisbursement({ bill, currency, timeZone, onDone, onClose }) {
  const form = useForm({ amountMinor: typed(bill.financierBalance.amountMinor), receivedOn: today(timeZone), reference: '' });
  const { receivedOn, reference } = form.values;
  const send = () => sendAmount(form, 'RecordDisbursement', { bill: bill.id, ...given({ receivedOn, reference }) });
  const lead = t('desk.disbursement.due', { company: bill.financeCompany?.name ?? '', amount: bill.financierBalance.formatted });
  return html`
    <${Act} title=${t('desk.disbursement')} lead=${lead} form=${form} fields=${['amountMinor', 'receivedOn', 'reference']} submit=${t('desk.disbursement.submit')} onSend=${send} done=${t('desk.disbursement.done')} onDone=${onDone} onClose=${onClose}>
      <${Amount} ...${form.field('amountMinor')} label=${t('desk.amount', { currency })} required autofocus />
      <div class="form-row">
        <${Reference} form=${form} />
        <${Field} ...${form.field('receivedOn')} label=${t('desk.received_on')} type="date" max=${today(timeZone)} />
      </div>
    </${Act}>
  `;
}

/** @param {ActProps} props */
export function RefundPayment({ bill, currency, onDone, onClose }) {
  const form = useForm({ amountMinor: typed(-bill.balance.amountMinor), method: 'CASH', reference: '' });
  const { method, reference } = form.values;
  const send = () => sendAmount(form, 'RefundPayment', { bill: bill.id, method, ...given({ reference }) });
  return html`
    <${Act} title=${t('desk.refund')} lead=${t('desk.refund.lead')} form=${form} fields=${['amountMinor', 'method', 'reference']} submit=${t('desk.refund.submit')} isDanger onSend=${send} done=${t('desk.refund.done')} onDone=${onDone} onClose=${onClose}>
      <div class="form-row">
        <${Amount} ...${form.field('amountMinor')} label=${t('desk.amount', { currency })} required autofocus />
        <${Field} ...${form.field('method')} label=${t('desk.method')} options=${methodOptions()} />
      </div>
      <${Reference} form=${form} isCheque=${method === 'CHEQUE'} />
    </${Act}>
  `;
}

/** @param {{ payment: any, onDone: (payload: any) => void, onClose: () => void }} props */
export function ReversePayment({ payment, onDone, onClose }) {
  const form = useForm({ reason: '' });
  const send = () => form.send('ReversePayment', { payment: payment.id, reason: form.values.reason }, { creates: true });
  const lead = t('desk.reverse.lead', { amount: payment.amount.formatted, method: word('method', payment.method) });
  return html`
    <${Act} title=${t('desk.reverse')} lead=${lead} form=${form} fields=${['reason']} submit=${t('desk.reverse.submit')} isDanger onSend=${send} done=${t('desk.reverse.done')} onDone=${onDone} onClose=${onClose}>
      <${Field} ...${form.field('reason')} label=${t('desk.reason')} hint=${t('desk.reverse.hint')} required autofocus maxlength="200" />
    </${Act}>
  `;
}
