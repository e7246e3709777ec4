/** Sales quotations: bikes offered to customers before there is a bill. */

import { can } from '../../core/may.js';
import { usePages } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, money, t, today, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page, Panel, State } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Choice, Filters, given, rangeOf, Typed } from '../stock/filter.js';
import { branchText, isInOne, zone } from '../place.js';
import { Offer } from './offer.js';
import { NewOffer } from './offer_new.js';

export const STATES = ['DRAFT', 'SENT', 'ACCEPTED', 'REJECTED', 'CONVERTED'];

/** @param {{ viewer: any, rest: string[], query: URLSearchParams }} props */
export function View({ viewer, rest, query }) {
  if (rest[0] === 'new') return html`<${NewOffer} viewer=${viewer} query=${query} />`;
  if (rest[0]) return html`<${Offer} key=${rest[0]} id=${rest[0]} viewer=${viewer} />`;
  return html`<${Offers} viewer=${viewer} query=${query} />`;
}

/** @param {{ viewer: any, query: URLSearchParams }} props */
function Offers({ viewer, query }) {
  const state = query.get('status');
  const filter = given({ search: query.get('search'), status: state ? [state] : null, saleType: query.get('sale'), date: rangeOf(query) });
  const list = usePages('OfferList', { filter, isWide: !isInOne(viewer) });
  const now = today(zone(viewer));
  const isOver = (/** @type {any} */ one) => ['DRAFT', 'SENT'].includes(one.status) && one.validUntil < now;
  const columns = [
    { title: t('offer.number'), isMain: true, cell: (/** @type {any} */ one) => html`<a href=${to(`offers/${one.id}`)}>${one.number}</a>` },
    { title: t('stock.date'), cell: (/** @type {any} */ one) => day(one.date) },
    { title: t('stock.buyer'), cell: (/** @type {any} */ one) => one.buyer.name },
    { title: t('stock.model'), cell: (/** @type {any} */ one) => one.modelName },
    { title: t('offer.sale'), cell: (/** @type {any} */ one) => word('sale', one.saleType) },
    { title: t('stock.state'), cell: (/** @type {any} */ one) => html`<${State} of=${one.status} />` },
    { title: t('offer.until'), cell: (/** @type {any} */ one) => html`${day(one.validUntil)}${isOver(one) && html` <span class="mark is-wait">${t('offer.over')}</span>`}` },
    !viewer.viewer.branch && { title: t('stock.branch'), cell: (/** @type {any} */ one) => branchText(one.branch) },
    { title: t('stock.total'), isNumber: true, cell: (/** @type {any} */ one) => money(one.total) },
  ];
  const mayWrite = can(viewer, 'WRITE_SALES_QUOTATIONS') && isInOne(viewer);
  return html`
    <${Page} title=${t('nav.offers')} actions=${mayWrite && html`<${Button} kind="primary" icon="plus" href=${to('offers/new')}>${t('offer.new')}</${Button}>`}>
      <${Panel}>
        <${Filters} label=${t('offer.filter')} names=${['search', 'status', 'sale', 'from', 'to']} query=${query}>
          <${Typed} name="search" label=${t('offer.search')} query=${query} />
          <${Choice} name="status" label=${t('stock.state')} query=${query} empty=${t('stock.any')} options=${STATES.map((one) => ({ value: one, text: word('status', one) }))} />
          <${Choice} name="sale" label=${t('offer.sale')} query=${query} empty=${t('stock.any')} options=${['CASH', 'LEASING'].map((one) => ({ value: one, text: word('sale', one) }))} />
          <${Choice} name="from" label=${t('offer.from')} type="date" query=${query} />
          <${Choice} name="to" label=${t('offer.to')} type="date" query=${query} />
        </${Filters}>
        <${List} list=${list} caption=${t('nav.offers')} columns=${columns} empty=${t('offer.none')} emptyText=${t('offer.none.text')} />
      </${Panel}>
    </${Page}>
  `;
}
