/** The ways to go, as far as the role may go them. */

import { can } from '../../core/may.js';
import { to } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';

/** Each with the permission it needs, most used first. @type {Array<[string, string | null]>} */
const WAYS = [
  ['dashboard', 'READ_KPIS'],
  ['new-bill', 'WRITE_BILLS'],
  ['bills', 'READ_BILLS'],
  ['stock', 'READ_STOCK'],
  ['transfers', 'READ_STOCK'],
  ['customers', 'READ_CUSTOMERS'],
  ['enquiries', 'READ_SALES_QUOTATIONS'],
  ['offers', 'READ_SALES_QUOTATIONS'],
  ['quotations', 'READ_QUOTATIONS'],
  ['registrations', 'READ_BILLS'],
  ['performance', 'READ_KPIS'],
  ['administration', null],
];

/** Who has something to do there. */
const ADMINISTRATION = ['ADMINISTER', 'MANAGE_STAFF', 'KEEP_JOBS', 'KEEP_PARTNER_KEYS', 'SET_TARGETS', 'OPEN_DEALERSHIPS'];

/** @param {any} viewer @returns {Array<{ view: string, text: string }>} */
export function waysOf(viewer) {
  const isOpen = (/** @type {string | null} */ permission) =>
    permission ? can(viewer, permission) : ADMINISTRATION.some((one) => can(viewer, one));
  return WAYS.filter(([, permission]) => isOpen(permission)).map(([view]) => ({ view, text: t(`nav.${view.replace('-', '_')}`) }));
}

/** @param {{ viewer: any, current: string | undefined }} props */
export function Nav({ viewer, current }) {
  return html`
    <nav class="ways" aria-label=${t('frame.main')}>
      <ul>${viewer && waysOf(viewer).map(({ view, text }) => html`<li key=${view}><a href=${to(view)} aria-current=${view === current ? 'page' : undefined}>${text}</a></li>`)}</ul>
    </nav>
  `;
}
