/** What was typed for a new bill, as the server takes it. */

import { t } from '../../core/text.js';
import { paymentsOf } from './payments.js';
import { termsOf } from './terms.js';

/** @param {string} text */
const given = (text) => text.trim() || undefined;

/** @param {any} values */
export function buyerOf({ customer, name, nic, phone, address }) {
  if (customer) return { customer: customer.id };
  const person = { name: name.trim(), nic: given(nic), phone: given(phone), address: given(address) };
  return { person: Object.fromEntries(Object.entries(person).filter(([, text]) => text !== undefined)) };
}

/**
 * The input of `issueBill` without its key, and what is missing, by its path in it.
 * @param {any} values
 * @param {boolean} isBranchAsked
 */
export function billOf(values, isBranchAsked) {
  const terms = termsOf(values);
  const { payments, errors: unpaid } = paymentsOf(values.payments);
  /** @type {Record<string, string>} */
  const errors = { ...terms.errors, ...unpaid };
  if (isBranchAsked && !values.branch) errors.branch = t('place.branch.choose');
  if (!values.model) errors.model = t('desk.model.missing');
  else if (!values.unit) errors.unit = t('desk.unit.missing');
  if (!values.customer && !values.isNewPerson) errors.buyer = t('desk.customer.missing');
  if (!values.customer && values.isNewPerson && !values.name.trim()) errors['buyer.person.name'] = t('desk.name.missing');
  if (values.isAdvance && !values.promised) errors.estimatedDeliveryOn = t('desk.promised.missing');
  const input = {
    ...(isBranchAsked && { branch: values.branch }),
    buyer: buyerOf(values),
    unit: values.unit?.id,
    ...terms.input,
    ...(values.isAdvance && { estimatedDeliveryOn: values.promised }),
    ...(values.tin.trim() && { purchaserTin: values.tin.trim() }),
    payments,
  };
  return { input, errors };
}

/**
 * The input of `previewBill`: what is known of a bill that is not complete. Nothing is foreseen on terms that cannot be read.
 * @param {any} values
 * @param {any} input of `billOf`
 * @param {Record<string, string>} errors of `billOf`
 */
export function foreseenOf(values, { branch, unit, priceMinor, leasing, purchaserTin, estimatedDeliveryOn, payments }, errors) {
  const isUnread = Object.keys(errors).some((path) => /^(branch|priceMinor|leasing|payments|estimatedDeliveryOn)/.test(path));
  if (!values.model || isUnread) return null;
  const article = unit ? { unit } : { model: values.model.id };
  const known = { branch, priceMinor, leasing, purchaserTin, estimatedDeliveryOn };
  return { ...article, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)), payments };
}
