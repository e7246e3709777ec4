/** What the rows behind a figure are, by kind: what they are about, and where they lead. */

import { to } from '../../core/route.js';
import { t, word } from '../../core/text.js';
import { html } from '../../core/view.js';

/** @typedef {{ href: string | null, text: string, detail: string }} About */

/** @param {any} bill @param {string} [detail] @returns {About} */
const ofBill = (bill, detail) => ({ href: to(`bills/${bill.id}`), text: bill.number, detail: detail ?? bill.modelName ?? '' });

/** What a row of a period's figure is about. @param {any} fact @returns {About} */
export function aboutFact({ bill, creditNote, payment, quotation, salesQuotation, bikeUnit }) {
  if (creditNote) return ofBill(creditNote.bill, [creditNote.bill.modelName, t('figures.column.credit', { number: creditNote.number })].join(' · '));
  if (payment) return ofBill(payment.bill, [word('method', payment.method), payment.reference].filter(Boolean).join(' · '));
  if (bill) return ofBill(bill, [bill.modelName, word('sale', bill.saleType)].filter(Boolean).join(' · '));
  if (salesQuotation) return { href: to(`offers/${salesQuotation.id}`), text: salesQuotation.number, detail: [salesQuotation.modelName, word('status', salesQuotation.status)].join(' · ') };
  if (quotation) return { href: to(`quotations/${quotation.id}`), text: quotation.number, detail: word('status', quotation.status) };
  if (bikeUnit) return { href: to(`stock/${bikeUnit.id}`), text: bikeUnit.chassisNumber, detail: bikeUnit.model.name };
  return { href: null, text: '–', detail: '' };
}

/** What a thing that is open is about. @param {any} item @returns {About} */
export function aboutOpen({ bikeUnit, registration, transfer, bill }) {
  if (bikeUnit) return { href: to(`stock/${bikeUnit.id}`), text: bikeUnit.chassisNumber, detail: [bikeUnit.model.name, bikeUnit.colour, word('status', bikeUnit.status)].filter(Boolean).join(' · ') };
  if (registration) return ofBill(registration.bill, [registration.bill.modelName, word('status', registration.status)].join(' · '));
  if (transfer) return { href: to('transfers'), text: transfer.chassisNumber, detail: `${transfer.modelName} → ${transfer.otherBranchCode}` };
  if (bill) return ofBill(bill, [bill.modelName, bill.financeCompany?.name].filter(Boolean).join(' · '));
  return { href: null, text: '–', detail: '' };
}

/** The branch of a row, with its dealership where several are looked at. @param {any} branch */
export const branchOf = ({ code, name, dealership }) => [dealership?.code, code, name].filter(Boolean).join(' · ');

/** @param {{ about: About }} props */
export const About = ({ about: { href, text } }) => (href ? html`<a href=${href}>${text}</a>` : text);

/** Measures that are one sum by another, and what is divided for them. @type {Record<string, string | null>} */
export const DIVIDED = {
  AVERAGE_SELLING_PRICE: 'VEHICLE_REVENUE', GROSS_MARGIN: 'GROSS_PROFIT', GROSS_PER_UNIT: 'GROSS_PROFIT', LEASING_MIX: 'LEASING_UNITS', LOAN_TO_VALUE: 'LEASED_AMOUNT',
  // Of these nothing else tells what is divided.
  ADVANCE_CANCELLATION: null, ADVANCE_CONVERSION: null, DAYS_TO_CONVERT: null, DAYS_TO_SELL: null, OFFER_CONVERSION: null, OFFER_CONVERSION_VALUE: null, QUOTATION_CONVERSION: null, QUOTATION_CONVERSION_VALUE: null,
};

/** Measures by what their rows are: only that is asked for. @param {string} measure */
export function kindsOf(measure) {
  const isPayment = measure.startsWith('COLLECTED') || measure === 'CASH_COLLECTED';
  const isQuotation = measure.startsWith('QUOTATION');
  const isOffer = measure.startsWith('OFFER');
  const isReceipt = measure === 'UNITS_RECEIVED';
  return { isPayment, isQuotation, isOffer, isReceipt, isSale: !(isPayment || isQuotation || isOffer || isReceipt) };
}

/** Kinds of what is open by what their rows are. @param {string} kind */
export const openKindsOf = (kind) => ({
  isUnit: kind === 'STOCK', isRegistration: kind === 'REGISTRATION', isTransfer: kind === 'TRANSFER',
  isBill: !['STOCK', 'REGISTRATION', 'TRANSFER'].includes(kind),
});

/** In what the rows of a measure add: what is divided, where it is one sum by another. @param {string} measure @param {string} unit its own */
export function unitOfRows(measure, unit) {
  if (DIVIDED[measure] === undefined) return unit;
  if (measure.startsWith('DAYS')) return 'DAYS';
  return ['AVERAGE_SELLING_PRICE', 'GROSS_MARGIN', 'GROSS_PER_UNIT', 'LOAN_TO_VALUE', 'OFFER_CONVERSION_VALUE', 'QUOTATION_CONVERSION_VALUE'].includes(measure) ? 'MONEY' : 'COUNT';
}
