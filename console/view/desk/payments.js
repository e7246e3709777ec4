/** Payments taken together with a bill: rows of how, how much, and the number of the cheque or slip. */

import { minor, t, typed, word } from '../../core/text.js';
import { html, useEffect, useRef } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Amount, amountsOf } from './amount.js';

/** @typedef {{ method: string, amount: string, reference: string }} Row */

/** The most that the server takes with one bill. */
const MOST = 5;

export const METHODS = ['CASH', 'CARD', 'TRANSFER', 'CHEQUE'];

/** Fields' choice of methods. */
export const methodOptions = () => METHODS.map((value) => ({ value, text: word('method', value) }));

/** @returns {Row} */
export const emptyRow = () => ({ method: 'CASH', amount: '', reference: '' });

/** Whether anything is in it. @param {Row} row */
const isUsed = (row) => Boolean(row.amount.trim() || row.reference.trim());

/**
 * The rows as input, and errors of their amounts.
 * @param {Row[]} rows
 */
export function paymentsOf(rows) {
  // Places count as they stand on screen, so that errors find their row: empty rows in between are asked to be filled.
  const used = rows.slice(0, rows.findLastIndex(isUsed) + 1);
  const { amounts, errors } = amountsOf(Object.fromEntries(used.map((row, n) => [`payments.${n}.amountMinor`, row.amount])));
  const payments = used.map((row, n) => ({
    method: row.method,
    amountMinor: amounts[`payments.${n}.amountMinor`] ?? 0,
    ...(row.reference.trim() && { reference: row.reference.trim() }),
  }));
  return { payments, errors };
}

/**
 * @param {{ rows: Row[], onRows: (rows: Row[]) => void, errors: Record<string, string>, currency: string, legend: string, open?: any }} props
 * `open`: what the server says is left to pay beside these rows
 */
export function Payments({ rows, onRows, errors, currency, legend, open }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const count = useRef(rows.length);
  useEffect(() => {
    if (rows.length > count.current) /** @type {HTMLElement | null} */ (list.current?.querySelector('.payment:last-of-type select'))?.focus();
    count.current = rows.length;
  }, [rows.length]);
  const set = (/** @type {number} */ at, /** @type {Partial<Row>} */ changes) => onRows(rows.map((row, n) => (n === at ? { ...row, ...changes } : row)));
  const payRest = () => {
    const at = rows.length - 1;
    set(at, { amount: typed(open.amountMinor + (minor(rows[at]?.amount ?? '') ?? 0)) });
  };
  return html`
    <fieldset class=${errors.payments ? 'payments has-error' : 'payments'} ref=${list}>
      <legend>${legend}</legend>
      ${rows.map((row, n) => html`
        <div class="payment" key=${n}>
          <${Field} label=${t('desk.method')} name=${`payments.${n}.method`} options=${methodOptions()} value=${row.method} onValue=${(/** @type {string} */ method) => set(n, { method })} error=${errors[`payments.${n}.method`]} />
          <${Amount} label=${t('desk.amount', { currency })} name=${`payments.${n}.amount`} value=${row.amount} onValue=${(/** @type {string} */ amount) => set(n, { amount })} error=${errors[`payments.${n}.amountMinor`]} />
          <${Field} label=${t(row.method === 'CHEQUE' ? 'desk.cheque' : 'desk.reference')} name=${`payments.${n}.reference`} autocomplete="off" value=${row.reference} onValue=${(/** @type {string} */ reference) => set(n, { reference })} error=${errors[`payments.${n}.reference`]} />
          ${rows.length > 1 && html`<button type="button" class="bare" onClick=${() => onRows(rows.filter((_, at) => at !== n))}>${t('desk.payment.remove')}<span class="unseen"> ${n + 1}</span></button>`}
        </div>`)}
      ${errors.payments && html`<p class="error">${errors.payments}</p>`}
      ${open?.amountMinor > 0 && html`<p><button type="button" class="link" data-act="pay-rest" onClick=${payRest}>${t('desk.payment.rest', { amount: open.formatted })}</button></p>`}
      ${rows.length < MOST && html`<p><${Button} kind="quiet" icon="plus" onClick=${() => onRows([...rows, emptyRow()])}>${t('desk.payment.add')}</${Button}></p>`}
    </fieldset>
  `;
}
