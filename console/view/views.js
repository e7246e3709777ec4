/** The views: who may see each, and where it is. */

import { can } from '../core/may.js';

/**
 * @typedef {object} Entry
 * @property {string[]} needs one of these permissions; none: everybody may
 * @property {() => Promise<{ View: (props: any) => any }>} load what is loaded when it is first gone to
 * @property {string} title key of a text
 * @property {boolean} [isAside] it is come to from others, not by the ways at the side
 */

/** By their names in addresses, most used first. @type {Record<string, Entry>} */
export const VIEWS = {
  dashboard: { title: 'nav.dashboard', needs: ['READ_KPIS'], load: () => import('./figures/dashboard.js') },
  'new-bill': { title: 'nav.new_bill', needs: ['WRITE_BILLS'], load: () => import('./desk/new_bill.js') },
  bills: { title: 'nav.bills', needs: ['READ_BILLS'], load: () => import('./desk/bills.js') },
  stock: { title: 'nav.stock', needs: ['READ_STOCK'], load: () => import('./stock/stock.js') },
  transfers: { title: 'nav.transfers', needs: ['READ_STOCK'], load: () => import('./stock/transfers.js') },
  customers: { title: 'nav.customers', needs: ['READ_CUSTOMERS'], load: () => import('./desk/customers.js') },
  enquiries: { title: 'nav.enquiries', needs: ['READ_SALES_QUOTATIONS'], load: () => import('./offer/enquiries.js') },
  offers: { title: 'nav.offers', needs: ['READ_SALES_QUOTATIONS'], load: () => import('./offer/offers.js') },
  quotations: { title: 'nav.quotations', needs: ['READ_QUOTATIONS'], load: () => import('./offer/quotations.js') },
  registrations: { title: 'nav.registrations', needs: ['READ_BILLS'], load: () => import('./desk/registrations.js') },
  performance: { title: 'nav.performance', needs: ['READ_KPIS'], load: () => import('./figures/performance.js') },
  administration: {
    title: 'nav.administration',
    needs: ['ADMINISTER', 'MANAGE_STAFF', 'KEEP_JOBS', 'KEEP_PARTNER_KEYS', 'SET_TARGETS', 'OPEN_DEALERSHIPS'],
    load: () => import('./admin/administration.js'),
  },
  figure: { title: 'figures.tiles', needs: ['READ_KPIS'], load: () => import('./figures/drill.js'), isAside: true },
  receive: { title: 'nav.receive', needs: ['WRITE_STOCK'], load: () => import('./stock/receive.js'), isAside: true },
  find: { title: 'desk.find', needs: [], load: () => import('./desk/find.js'), isAside: true },
  account: { title: 'nav.account', needs: [], load: () => import('./admin/account.js'), isAside: true },
};

/** Whether somebody may see a view. @param {any} viewer @param {Entry} entry */
export const isOpen = (viewer, { needs }) => !needs.length || needs.some((one) => can(viewer, one));

/** Where somebody may go, by the ways at the side. @param {any} viewer @returns {Array<{ view: string, title: string }>} */
export const waysOf = (viewer) =>
  Object.entries(VIEWS).filter(([, entry]) => !entry.isAside && isOpen(viewer, entry)).map(([view, { title }]) => ({ view, title }));
