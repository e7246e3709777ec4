/**
 * What somebody is writing: kept while they look at something else, until it is sent or they sign out. By what it is and by
 * place; in this page's memory only, for it may be about people.
 */

import { place } from './route.js';
import { session } from './session.js';
import { useEffect } from './view.js';

/** @type {Map<string, any>} */
const drafts = new Map();

session.watch(() => {
  if (session.get() === null) drafts.clear();
});

/** @param {string} what */
const key = (what) => JSON.stringify([what, place()]);

/** The draft of this place, if there is one. @param {string} what */
export const draft = (what) => drafts.get(key(what));

/** Forgets the draft of this place. @param {string} what */
export const forgetDraft = (what) => void drafts.delete(key(what));

/**
 * Keeps what is typed, and asks before the page is left for good.
 * @param {string} what
 * @param {any} values
 * @param {boolean} isKept
 */
export function useDraft(what, values, isKept) {
  useEffect(() => {
    if (isKept) drafts.set(key(what), values);
    else forgetDraft(what);
  }, [values, isKept]);
  useEffect(() => {
    if (!isKept) return undefined;
    const ask = (/** @type {BeforeUnloadEvent} */ event) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isKept]);
}
