/** Bills, the newest first, as they come; and one of them. */

import { after } from '../../core/day.js';
import { useLive } from '../../core/live.js';
import { can } from '../../core/may.js';
import { usePages } from '../../core/query.js';
import { setQuery, to } from '../../core/route.js';
import { day, t, today, word } from '../../core/text.js';
import { html, useRef, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Page, Panel, State } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { branchText } from '../place.js';
import { Bill } from './bill.js';
import { Chips, SearchBox } from './chips.js';

const STATES = ['PENDING', 'COMPLETED', 'CONVERTED', 'CANCELLED', 'CREDITED'];

/** @param {{ viewer: any, rest: string[], query: URLSearchParams }} props */
export function View({ viewer, rest, query }) {
  if (rest[0]) return html`<${Bill} key=${rest[0]} viewer=${viewer} of=${rest[0]} isNew=${query.has('issued')} />`;
  return html`<${Bills} viewer=${viewer} query=${query} />`;
}

/** What the address asks for, as a filter of the server. @param {URLSearchParams} query */
function filterOf(query) {
  const [status, sale, from, to, search] = ['status', 'sale', 'from', 'to', 'q'].map((name) => query.get(name));
  return {
    ...(status && { status: status.split(',') }),
    ...(sale && { saleType: sale }),
    ...((from || to) && { date: { ...(from && { from }), ...(to && { to }) } }),
    ...(search && { search }),
    ...(query.get('customer') && { customer: query.get('customer') }),
  };
}

/** @param {{ viewer: any, query: URLSearchParams }} props */
function Bills({ viewer, query }) {
  const list = usePages('Bills', { filter: filterOf(query) });
  const rows = useNews(list);
  const isOne = Boolean(viewer.viewer.branch);
  const columns = [
    { title: t('desk.number'), isMain: true, cell: (/** @type {any} */ bill) => html`<a href=${to(`bills/${bill.id}`)}>${bill.number}</a>` },
    { title: t('desk.date'), cell: (/** @type {any} */ bill) => html`<span class="whole">${day(bill.date)}</span>` },
    !isOne && { title: t('desk.branch'), cell: (/** @type {any} */ bill) => (viewer.viewer.dealership ? bill.branch.code : branchText(bill.branch)) },
    { title: t('desk.buyer'), cell: (/** @type {any} */ bill) => bill.buyer.name },
    { title: t('desk.vehicle'), cell: (/** @type {any} */ bill) => html`${bill.modelName}<br /><small>${bill.chassisNumber ?? '–'}</small>` },
    { title: t('desk.sale'), cell: (/** @type {any} */ bill) => html`${word('sale', bill.saleType)}${bill.isAdvance && html`<br /><small>${t('desk.advance')}</small>`}` },
    { title: t('desk.total'), isNumber: true, cell: (/** @type {any} */ bill) => bill.total.formatted },
    { title: t('desk.balance'), isNumber: true, cell: (/** @type {any} */ bill) => (bill.balance.amountMinor ? bill.balance.formatted : '–') },
    { title: t('desk.state'), cell: (/** @type {any} */ bill) => html`<${State} of=${bill.status} />` },
  ];
  const isNarrowed = ['status', 'sale', 'from', 'to', 'q', 'customer'].some((name) => query.has(name));
  const create = can(viewer, 'WRITE_BILLS') && html`<${Button} kind="primary" icon="plus" href=${to('new-bill')} title="Alt+N">${t('nav.new_bill')}</${Button}>`;
  return html`
    <${Page} title=${t('nav.bills')} actions=${create}>
      <${Panel}>
        <${Filters} viewer=${viewer} query=${query} />
        ${rows.newer > 0 && html`<p><${Button} kind="quiet" onClick=${rows.show}>${t('desk.newer', { count: rows.newer })}</${Button}></p>`}
        <${List} list=${{ ...list, rows: rows.rows }} caption=${t('nav.bills')} columns=${columns} empty=${t(isNarrowed ? 'desk.bills.none_such' : 'desk.bills.none')}>
          ${isNarrowed && html`<${Button} onClick=${() => setQuery({ status: null, sale: null, from: null, to: null, q: null, customer: null })}>${t('desk.filters.clear')}</${Button}>`}
        </${List}>
      </${Panel}>
    </${Page}>
  `;
}

/**
 * Rows as they change. A bill that is not among them may be new: the first page is read anew for it, or, where more pages are
 * on screen, it is only said, for the rows must not jump away from who reads them.
 * @param {ReturnType<typeof usePages>} list
 */
function useNews(list) {
  const [changed, setChanged] = useState(/** @type {{ of: any, bills: Record<string, any> }} */ ({ of: null, bills: {} }));
  const [newer, setNewer] = useState(0);
  const timer = useRef(0);
  const latest = changed.of === list.connection ? changed.bills : {};
  const show = () => {
    setNewer(0);
    list.again();
  };
  const soon = () => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(show, 400);
  };
  useLive('BillChanged', {}, ({ billChanged: { bill } }) => {
    if (!bill) return soon();
    if (list.rows?.some((/** @type {any} */ row) => row.id === bill.id)) return setChanged({ of: list.connection, bills: { ...latest, [bill.id]: bill } });
    if ((list.rows?.length ?? 0) > 25) return setNewer(newer + 1);
    return soon();
  }, soon);
  return { rows: list.rows?.map((/** @type {any} */ row) => latest[row.id] ?? row), newer, show };
}

/** @param {{ viewer: any, query: URLSearchParams }} props */
function Filters({ viewer, query }) {
  const now = today(viewer.viewer.dealership?.timeZone);
  const value = (/** @type {string} */ name) => query.get(name) ?? '';
  const any = { value: '', text: t('desk.any') };
  const days = [any, { value: now, text: t('desk.days.today') }, { value: after(now, -6), text: t('desk.days.week') }, { value: `${now.slice(0, 7)}-01`, text: t('desk.days.month') }];
  // A chip of days is one of the ways to say "from"; without "to" it goes on to today.
  return html`
    <div class="filters">
      <div class="row">
        <${SearchBox} label=${t('desk.bills.search')} name="q" value=${value('q')} />
        <${Chips} label=${t('desk.state')} name="status" value=${value('status')} options=${[any, ...STATES.map((state) => ({ value: state, text: word('status', state) }))]} />
      </div>
      <div class="row">
        <${Chips} label=${t('desk.sale')} name="sale" value=${value('sale')} options=${[any, { value: 'CASH', text: t('sale.CASH') }, { value: 'LEASING', text: t('sale.LEASING') }]} />
        <${Chips} label=${t('desk.days')} name="from" value=${value('to') ? '-' : value('from')} options=${days} onValue=${(/** @type {string} */ from) => setQuery({ from, to: null })} />
        <${Field} label=${t('desk.from')} type="date" name="from" max=${now} value=${value('from')} onValue=${(/** @type {string} */ from) => setQuery({ from })} />
        <${Field} label=${t('desk.to')} type="date" name="to" value=${value('to')} onValue=${(/** @type {string} */ to) => setQuery({ to })} />
      </div>
    </div>
  `;
}
