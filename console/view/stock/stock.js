/** The stock: the units where one acts, or one of them. */

import { can } from '../../core/may.js';
import { html } from '../../core/view.js';
import { Board } from './board.js';
import { Unit } from './unit.js';

/** @param {{ viewer: any, rest: string[], query: URLSearchParams }} props */
export function View({ viewer, rest, query }) {
  return rest[0]
    ? html`<${Unit} key=${rest[0]} id=${rest[0]} viewer=${viewer} />`
    : html`<${Board} viewer=${viewer} query=${query} mayWrite=${can(viewer, 'WRITE_STOCK')} />`;
}
