/** Lines of a quotation while they are typed. Pure functions; the sum is the server's, this one is for the eye. */

import { minor, t } from '../../core/text.js';

/** Most lines of a quotation. */
export const MOST = 50;

/** @typedef {{ key: string, description: string, quantity: string, rate: string }} Line */

let count = 0;

/** @param {Partial<Line>} [known] @returns {Line} */
export function newLine(known = {}) {
  count += 1;
  return { key: `l${count}`, description: '', quantity: '1', rate: '', ...known };
}

/** Whether nothing was entered but what stands there at first. @param {Line} line */
export const isEmpty = ({ description, rate }) => !description.trim() && !rate.trim();

/** A quantity in thousandths; null where it is none. @param {string} text @returns {bigint | null} */
export function milli(text) {
  const [, whole, part = ''] = /^\s*(\d{1,6})(?:\.(\d{1,3}))?\s*$/.exec(text) ?? [];
  return whole === undefined ? null : BigInt(whole + part.padEnd(3, '0'));
}

/** Quantity times rate in minor units, half a unit rounded up as the server does; null where either is none. @param {Line} line @returns {bigint | null} */
export function amountOf({ quantity, rate }) {
  const many = milli(quantity);
  const one = minor(rate);
  return many === null || one === null || one < 0 ? null : (many * BigInt(one) + 500n) / 1000n;
}

/** Of the lines that are whole. @param {Line[]} lines @returns {bigint} */
export const sumOf = (lines) => lines.reduce((sum, line) => sum + (amountOf(line) ?? 0n), 0n);

/** What is plainly missing, under the paths of the input. @param {Line[]} lines @returns {Record<string, string>} */
export function faultsOf(lines) {
  /** @type {Record<string, string>} */
  const faults = {};
  lines.forEach((line, at) => {
    if (!line.description.trim()) faults[`items.${at}.description`] = t('receive.error.required');
    if (!milli(line.quantity)) faults[`items.${at}.quantity`] = t('quotation.error.quantity');
    if (minor(line.rate) === null) faults[`items.${at}.rateMinor`] = t('offer.error.amount');
  });
  return faults;
}

/** @param {Line} line */
export const itemOf = ({ description, quantity, rate }) => ({ description: description.trim(), quantity: quantity.trim(), rateMinor: minor(rate) });
