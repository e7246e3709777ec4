/** The bill of an accepted offer: which bike, what is paid. */

import { useForm } from '../../core/form.js';
import { go, to } from '../../core/route.js';
import { minor, money, t, today, typed, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { Check, Field, FormFault } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { focusFault } from '../stock/act.js';
import { given } from '../stock/filter.js';
import { zone } from '../place.js';
import { UnitPicker } from '../stock/unit_picker.js';

/** Most payments that are entered with a bill. */
const MOST = 5;

const METHODS = ['CASH', 'CARD', 'TRANSFER', 'CHEQUE'];

/** @typedef {{ key: number, method: string, amount: string, reference: string }} Paid */

/** @param {{ offer: any, viewer: any, onClose: () => void }} props */
export function Convert({ offer, viewer, onClose }) {
  const form = useForm({
    unit: /** @type {any} */ (null),
    payments: /** @type {Paid[]} */ ([{ key: 1, method: 'CASH', amount: typed(offer.total.amountMinor), reference: '' }]),
    isAdvance: false,
    estimatedDeliveryOn: '',
    purchaserTin: '',
  });
  const { values, errors } = form;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { currentTarget } = event;
    const look = () => focusFault(currentTarget);
    const amounts = values.payments.map((one) => minor(one.amount));
    const faults = {
      ...(!values.unit && { unit: t('stock.pick.required') }),
      ...Object.fromEntries(amounts.flatMap((amount, at) => (amount ? [] : [[`payments.${at}.amountMinor`, t('offer.error.amount')]]))),
    };
    if (Object.keys(faults).length) {
      form.setErrors(faults);
      return look();
    }
    const input = {
      salesQuotation: offer.id,
      unit: values.unit.id,
      payments: values.payments.map((one, at) => ({ method: one.method, amountMinor: amounts[at], ...given({ reference: one.reference.trim() }) })),
      ...given({ purchaserTin: values.purchaserTin.trim(), estimatedDeliveryOn: values.isAdvance ? values.estimatedDeliveryOn : null }),
    };
    const payload = await form.send('OfferConvert', input, { creates: true });
    if (!payload) return look();
    say(t('offer.converted', { number: payload.bill.number }));
    go(to(`bills/${payload.bill.id}`));
  };
  return html`
    <${Dialog} title=${t('offer.convert')} onClose=${onClose} isWide>
      <form class="form" onSubmit=${submit}>
        <p>${t('offer.convert.text', { name: offer.buyer.name, total: money(offer.total) })}</p>
        <${FormFault} fault=${form.fault} errors=${{ '': errors[''] ?? errors.salesQuotation ?? '' }} />
        <${UnitPicker} viewer=${viewer} model=${offer.model.id} branch=${offer.branch.id} ...${form.field('unit')} />
        <${Payments} rows=${values.payments} onRows=${(/** @type {Paid[]} */ payments) => form.set({ payments })} errors=${errors} />
        <${Check} label=${t('offer.advance')} hint=${t('offer.advance.hint')} value=${values.isAdvance} onValue=${(/** @type {boolean} */ isAdvance) => form.set({ isAdvance })} />
        <div class="form-row">
          ${values.isAdvance && html`<${Field} ...${form.field('estimatedDeliveryOn')} label=${t('offer.delivery')} type="date" required min=${today(zone(viewer))} />`}
          <${Field} ...${form.field('purchaserTin')} label=${t('offer.tin')} autocomplete="off" />
        </div>
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('offer.convert.submit')}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}

/** @param {{ rows: Paid[], onRows: (rows: Paid[]) => void, errors: Record<string, string> }} props */
function Payments({ rows, onRows, errors }) {
  const set = (/** @type {number} */ at, /** @type {Partial<Paid>} */ changes) => onRows(rows.map((row, n) => (n === at ? { ...row, ...changes } : row)));
  const add = () => onRows([...rows, { key: Math.max(0, ...rows.map((row) => row.key)) + 1, method: 'CASH', amount: '', reference: '' }]);
  return html`
    <fieldset class="stock-pick">
      <legend class="label">${t('offer.payments')}</legend>
      ${rows.map((row, at) => html`
        <div key=${row.key} class="form-row offer-payment">
          <${Field} label=${t('offer.method')} value=${row.method} onValue=${(/** @type {string} */ method) => set(at, { method })} options=${METHODS.map((one) => ({ value: one, text: word('method', one) }))} />
          <${Field} label=${t('offer.amount')} name=${`amount-${at}`} value=${row.amount} onValue=${(/** @type {string} */ amount) => set(at, { amount })} error=${errors[`payments.${at}.amountMinor`]} inputmode="decimal" required />
          <${Field} label=${t('offer.reference')} value=${row.reference} onValue=${(/** @type {string} */ reference) => set(at, { reference })} error=${errors[`payments.${at}.reference`]} />
          <button type="button" class="bare" aria-label=${t('offer.payment.remove', { row: at + 1 })} onClick=${() => onRows(rows.filter((_, n) => n !== at))}><${Icon} name="close" /></button>
        </div>
      `)}
      ${errors.payments && html`<p class="error">${errors.payments}</p>`}
      ${rows.length < MOST && html`<div><${Button} icon="plus" onClick=${add}>${t('offer.payment.add')}</${Button}></div>`}
    </fieldset>
  `;
}
