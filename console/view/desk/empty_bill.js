/** A bill of which nothing is written yet. */

import { after } from '../../core/day.js';
import { today } from '../../core/text.js';
import { emptyRow } from './payments.js';
import { emptyTerms } from './terms.js';

/** @param {any} viewer */
export const emptyBill = (viewer) => ({
  branch: viewer.viewer.branch?.id ?? '',
  modelText: '',
  model: /** @type {any} */ (null),
  unit: /** @type {any} */ (null),
  customerText: '',
  customer: /** @type {any} */ (null),
  isNewPerson: false,
  name: '',
  nic: '',
  phone: '',
  address: '',
  ...emptyTerms(),
  isAdvance: false,
  promised: '',
  payments: [emptyRow()],
  tin: '',
});

/** Parts that a choice alone fills, without typing. */
const CHOSEN = ['branch', 'unit'];

/** Whether something was typed that would be a pity to lose. @param {any} values @param {any} viewer */
export function isTyped(values, viewer) {
  const empty = /** @type {Record<string, any>} */ (emptyBill(viewer));
  return Object.keys(empty).some((name) => !CHOSEN.includes(name) && JSON.stringify(values[name]) !== JSON.stringify(empty[name]));
}

/** The day to promise if nobody says another: in a week. @param {string} timeZone */
export const inAWeek = (timeZone) => after(today(timeZone), 7);
