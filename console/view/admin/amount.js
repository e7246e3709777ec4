/** Shares in hundredths of a percent, and days as they are chosen; no floats. */

import { month, today } from '../../core/text.js';

/** @param {number | null | undefined} bp hundredths of a percent @returns {string} e.g. `2.5` */
export function typedShare(bp) {
  if (bp === null || bp === undefined) return '';
  const cents = String(bp % 100).padStart(2, '0').replace(/0+$/, '');
  return `${Math.trunc(bp / 100)}${cents && `.${cents}`}`;
}

/** @param {number | null | undefined} bp */
export const share = (bp) => (bp === null || bp === undefined ? '–' : `${typedShare(bp)} %`);

/** Hundredths of a percent of what was typed; null where it is no share. @param {string} text */
export function shareOf(text) {
  const [, whole, part = ''] = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/**
 * Months to choose from, the newest first.
 * @param {{ back: number, ahead?: number, timeZone?: string }} how counted from the present month
 */
export function months({ back, ahead = 0, timeZone }) {
  const [year = 0, present = 0] = today(timeZone).split('-').map(Number);
  return Array.from({ length: back + ahead + 1 }, (_, at) => {
    const first = new Date(Date.UTC(year, present - 1 + ahead - at, 1)).toISOString().slice(0, 10);
    return { value: first, text: month(first) };
  });
}

/** The last second of a day in a zone, as a point in time. @param {string} day @param {string} timeZone */
export function endOf(day, timeZone) {
  const asUtc = Date.parse(`${day}T23:59:59Z`);
  const there = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(new Date(asUtc));
  const ahead = Date.parse(`${there.replace(' ', 'T')}Z`) - asUtc;
  return new Date(asUtc - ahead).toISOString();
}

/** The day of a point in time in a zone. @param {string} at @param {string} timeZone */
export const dayOf = (at, timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(at));
