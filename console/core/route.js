/** The address of the page, as views see it and change it. */

import { signal, useSignal } from './signal.js';
import { address, EVERYWHERE, parse } from './place.js';

/** @typedef {import('./place.js').Place} Place */

/** Those of the server, not of the console. */
const OUTSIDE = /^\/(files|check|graphql|console)(\/|$)/;

const current = signal(location.pathname + location.search);

addEventListener('popstate', () => current.set(location.pathname + location.search));

// One listener for all links: an ordinary click on a link of the console loads no page.
addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(target instanceof HTMLAnchorElement) || target.target || target.hasAttribute('download')) return;
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (target.origin !== location.origin || OUTSIDE.test(target.pathname)) return;
  event.preventDefault();
  go(target.pathname + target.search);
});

/**
 * Goes to an address of the console.
 * @param {string} to
 * @param {{ replaces?: boolean }} [how] `replaces`: the button "back" does not lead here
 */
export function go(to, { replaces = false } = {}) {
  if (to === current.get()) return;
  history[replaces ? 'replaceState' : 'pushState'](null, '', to);
  current.set(to);
  if (!replaces) scrollTo(0, 0);
}

/** The place now, whoever asks. @returns {Place} */
export const place = () => parse(location.pathname)?.place ?? EVERYWHERE;

/** What is shown: path, place and view, and what stands behind the question mark. */
export function useRoute() {
  const [path = '/', query = ''] = useSignal(current).split('?');
  const found = parse(path);
  return {
    path,
    place: found?.place ?? EVERYWHERE,
    view: found?.view ?? [],
    isWorkplace: Boolean(found),
    query: new URLSearchParams(query),
  };
}

/**
 * The address of a view in the present place.
 * @param {string} view
 * @param {Record<string, string | number | boolean | null | undefined>} [query] what is null or empty is left out
 */
export function to(view, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return address(place(), view) + (search && `?${search}`);
}

/**
 * Changes what stands behind the question mark: filters, orders, tabs. It does not fill the history.
 * @param {Record<string, string | number | boolean | null | undefined>} changes
 */
export function setQuery(changes) {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') query.delete(key);
    else query.set(key, String(value));
  }
  const search = query.toString();
  go(location.pathname + (search && `?${search}`), { replaces: true });
}
