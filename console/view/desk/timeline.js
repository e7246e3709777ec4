/** What happened to a bill, in order, and by whom: made of what the bill itself tells. */

import { day, t, word } from '../../core/text.js';
import { html } from '../../core/view.js';

/**
 * @typedef {object} Happening
 * @property {string} [at] the moment, where it is known
 * @property {string} [on] else the day
 * @property {string} [with] the moment of what it came with, if that was on the same day
 * @property {string} text
 * @property {string | null | undefined} [by]
 * @property {string | null | undefined} [note]
 */

/** Steps of a registration, each with the day that tells of it. */
const STEPS = /** @type {const} */ ([
  ['OPENED', 'openedOn'], ['DOCUMENTS_READY', 'documentsReadyOn'], ['SUBMITTED', 'submittedOn'], ['NUMBER_ISSUED', 'numberIssuedOn'],
  ['BOOK_RECEIVED', 'bookReceivedOn'], ['PLATE_RECEIVED', 'plateReceivedOn'], ['CLOSED', 'closedOn'],
]);

/** @param {any} payment @returns {string} */
function paid({ amount, method, reverses }) {
  const how = { amount: amount.formatted.replace(/^-/, ''), method: word('method', method) };
  if (reverses) return t('desk.happened.reversed', how);
  return t(amount.amountMinor < 0 ? 'desk.happened.refunded' : method === 'FINANCIER' ? 'desk.happened.disbursed' : 'desk.happened.paid', how);
}

/** @param {any} bill @returns {Happening[]} not in order yet */
function happenings(bill) {
  const { creditNote: credit, registration: rmv, finalBill: final, advanceBill: advance } = bill;
  const papers = [...bill.documents, ...(credit?.documents ?? [])];
  const begun = advance ? t('desk.happened.completed', { number: advance.number }) : t(bill.isAdvance ? 'desk.happened.advance' : 'desk.happened.issued');
  /** @type {Array<Happening | false | null | undefined>} */
  const all = [
    { at: bill.billedAt, text: begun, by: bill.salesperson?.name },
    ...bill.payments.map((/** @type {any} */ one) => ({ at: one.paidAt, text: paid(one), by: one.takenBy?.name, note: one.reference })),
    bill.proformaOn && { on: bill.proformaOn, text: t('desk.happened.proforma', { number: bill.proformaNumber }) },
    final && { at: final.billedAt, text: t('desk.happened.converted', { number: final.number }), by: final.salesperson?.name },
    bill.deliveredOn && { on: bill.deliveredOn, with: bill.billedAt, text: t('desk.happened.delivered') },
    bill.cancelledOn && { on: bill.cancelledOn, text: t('desk.happened.cancelled'), note: bill.cancelledReason },
    credit && { at: credit.creditedAt, text: t('desk.happened.credited', { number: credit.number }), by: credit.issuedBy?.name, note: credit.reason },
    ...papers.map((one) => ({ at: one.createdAt, text: t(one.isCopy ? 'desk.happened.copied' : 'desk.happened.printed', { kind: word('document_kind', one.kind) }), by: one.createdBy?.name })),
    ...(rmv ? STEPS.map(([step, on]) => rmv[on] && { on: rmv[on], with: step === 'OPENED' ? bill.billedAt : step === 'CLOSED' ? credit?.creditedAt : undefined, text: t('desk.happened.rmv', { step: word('status', step) }), note: step === 'NUMBER_ISSUED' ? rmv.registrationNumber : null }) : []),
  ];
  return /** @type {Happening[]} */ (all.filter(Boolean));
}

/**
 * In order: what has a day only comes last on it, in the order of the list.
 * @param {any} bill
 * @param {string} timeZone
 */
export function inOrder(bill, timeZone) {
  const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  const moment = (/** @type {string | undefined} */ at) => (at ? local.format(new Date(at)) : '');
  // Behind a moment stands what came with it; behind a day all of its moments.
  const place = (/** @type {Happening} */ { at, on, with: other }) => (at ? moment(at) : moment(other).startsWith(`${on} `) ? `${moment(other)}~` : `${on} ~`);
  return happenings(bill)
    .map((one) => ({ ...one, place: place(one) }))
    .sort((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0));
}

/** @param {{ bill: any, timeZone: string }} props */
export const Timeline = ({ bill, timeZone }) => html`
  <ol class="timeline">
    ${inOrder(bill, timeZone).map((one, n) => html`
      <li key=${n}>
        <time datetime=${one.at ?? one.on}>${day(one.place.slice(0, 10))}${one.at && html` <small>${one.place.slice(11, 16)}</small>`}</time>
        <span class="what">${one.text}${one.note && html`<span class="note">${one.note}</span>`}${one.by && html`<small>${one.by}</small>`}</span>
      </li>`)}
  </ol>`;
