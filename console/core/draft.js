/**
 * What somebody is writing: kept while they look at something else, until it is sent or they sign out. By what it is and by
 * place; in this page's memory only, for it may be about people.
 */

import { useForm } from './form.js';
import { place } from './route.js';
import { session } from './session.js';
import { useEffect, useLayoutEffect, useRef, useState } from './view.js';

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
const forgetDraft = (what) => void drafts.delete(key(what));

/**
 * Keeps what is typed, and asks before the page is left for good.
 * @param {string} what
 * @param {any} values
 * @param {boolean} isKept
 */
export function useDraft(what, values, isKept) {
  // Effects that wait for the next picture are dropped when the form goes first, and with them what was typed last.
  useLayoutEffect(() => {
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

/** What people typed: keys tell rows apart. @param {any} values */
const typed = (values) => JSON.stringify(values, (name, value) => (name === 'key' ? undefined : value));

/**
 * A form whose values are kept so once something `isTyped`: if nothing else is said, once they are not those it began with.
 * `forget` it once it is sent or given up.
 * @template {Record<string, any>} V
 * @param {string | null} what nothing is kept without
 * @param {V} blank
 * @param {(values: V) => boolean} [isTyped]
 */
export function useDraftForm(what, blank, isTyped) {
  const [first] = useState(blank);
  const form = useForm(/** @type {V} */ ((what && draft(what)) ?? first));
  const isOver = useRef(false);
  const isWritten = isTyped ? isTyped(form.values) : typed(form.values) !== typed(first);
  const isKept = Boolean(what) && !isOver.current && isWritten;
  useDraft(what ?? '', form.values, isKept);
  const forget = () => {
    isOver.current = true;
    if (what) forgetDraft(what);
  };
  return { form, isKept, forget };
}
