/**
 * Where somebody acts. It is in the address, `/at/{dealership}/{branch}/…` with `all` for "all mine", and nowhere else: two
 * tabs are in two places.
 */

/** @typedef {{ dealership: string | null, branch: string | null }} Place codes; null: all */

const ALL = 'all';

/** @type {Place} */
export const EVERYWHERE = { dealership: null, branch: null };

/** @param {string | null | undefined} code */
const part = (code) => (code ? encodeURIComponent(code) : ALL);

/** @param {string} text */
const code = (text) => (text === ALL ? null : decodeURIComponent(text));

/**
 * The address of a view in a place.
 * @param {Place} place
 * @param {string} [view] e.g. `bills/26SEP_BR01_4`
 */
export function address(place, view = '') {
  return `/at/${part(place.dealership)}/${part(place.branch)}${view && `/${view}`}`;
}

/**
 * The place and the view of an address; null where it is not that of a workplace.
 * @param {string} path
 * @returns {{ place: Place, view: string[] } | null}
 */
export function parse(path) {
  const [, at, dealership, branch, ...view] = path.split('/');
  if (at !== 'at' || !dealership) return null;
  const place = { dealership: code(dealership), branch: code(branch || ALL) };
  return { place, view: view.filter(Boolean).map(decodeURIComponent) };
}

/**
 * @param {Place} one
 * @param {Place} other
 */
export function isSame(one, other) {
  return one.dealership === other.dealership && one.branch === other.branch;
}

/**
 * The headers that narrow a request to a place: the server refuses what would be about another one.
 * @param {Place} place
 * @returns {Record<string, string>}
 */
export function headers({ dealership, branch }) {
  return {
    ...(dealership && { 'x-forecourt-dealership': dealership }),
    ...(branch && { 'x-forecourt-branch': branch }),
  };
}
