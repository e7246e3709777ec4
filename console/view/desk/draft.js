/** A bill that is being written: kept while one looks at something else, until it is issued or somebody signs out. */

import { after } from '../../core/day.js';
import { place } from '../../core/route.js';
import { session } from '../../core/session.js';
import { today } from '../../core/text.js';
import { useEffect } from '../../core/view.js';
import { emptyRow } from './payments.js';
import { emptyTerms } from './terms.js';

/** By place; in this page's memory only, for it is about people. @type {Map<string, any>} */
const drafts = new Map();

session.watch(() => {
  if (session.get() === null) drafts.clear();
});

const key = () => JSON.stringify(place());

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

/** The draft of this place, if there is one. */
export const draft = () => drafts.get(key());

/** Forgets the draft of this place. */
export const forgetDraft = () => void drafts.delete(key());

/**
 * Keeps what is typed, and asks before the page is left for good.
 * @param {any} values
 * @param {boolean} isKept
 */
export function useDraft(values, isKept) {
  useEffect(() => {
    if (isKept) drafts.set(key(), values);
    else forgetDraft();
  }, [values, isKept]);
  useEffect(() => {
    if (!isKept) return undefined;
    const ask = (/** @type {BeforeUnloadEvent} */ event) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isKept]);
}

/** The day to promise if nobody says another: in a week. @param {string} timeZone */
export const inAWeek = (timeZone) => after(today(timeZone), 7);
