/** Repair and claim quotations, and the invoices made of them. */

import { can } from '../../core/may.js';
import { usePages } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, money, t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page, Panel, State } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Choice, Filters, given, rangeOf, Typed } from '../stock/filter.js';
import { branchText, ChooseDealership, Denied, isInOne } from '../place.js';
import { STATES } from './offers.js';
import { Quotation } from './quotation.js';
import { QuotationForm } from './quotation_form.js';

/** @param {{ viewer: any, rest: string[], query: URLSearchParams }} props */
export function View({ viewer, rest, query }) {
  if (rest[0] === 'new') return html`<${NewQuotation} viewer=${viewer} />`;
  if (rest[0]) return html`<${Quotation} key=${rest[0]} id=${rest[0]} viewer=${viewer} isEdited=${rest[1] === 'edit'} />`;
  return html`<${Quotations} viewer=${viewer} query=${query} />`;
}

/** @param {{ viewer: any }} props */
function NewQuotation({ viewer }) {
  const title = t('quotation.new');
  if (!can(viewer, 'WRITE_QUOTATIONS')) return html`<${Denied} title=${title} />`;
  if (!isInOne(viewer)) return html`<${ChooseDealership} title=${title} />`;
  return html`<${Page} title=${title} lead=${html`<a href=${to('quotations')}>${t('nav.quotations')}</a>`}><${QuotationForm} viewer=${viewer} /></${Page}>`;
}

/** @param {{ viewer: any, query: URLSearchParams }} props */
function Quotations({ viewer, query }) {
  const state = query.get('status');
  const filter = given({ search: query.get('search'), kind: query.get('kind'), status: state ? [state] : null, date: rangeOf(query) });
  const list = usePages('QuotationList', { filter, isWide: !isInOne(viewer) });
  const columns = [
    { title: t('offer.number'), isMain: true, cell: (/** @type {any} */ one) => html`<a href=${to(`quotations/${one.id}`)}>${one.number}</a>` },
    { title: t('quotation.kind'), cell: (/** @type {any} */ one) => word('quotation.kind', one.kind) },
    { title: t('stock.date'), cell: (/** @type {any} */ one) => day(one.date) },
    { title: t('stock.buyer'), cell: (/** @type {any} */ one) => one.buyer.name },
    { title: t('quotation.registration'), cell: (/** @type {any} */ one) => one.registrationNumber ?? '–' },
    { title: t('quotation.insurer'), cell: (/** @type {any} */ one) => html`${one.insuranceCompany ?? '–'}${one.claimNumber && html`<br /><small>${one.claimNumber}</small>`}` },
    { title: t('stock.state'), cell: (/** @type {any} */ one) => html`<${State} of=${one.status} />` },
    !viewer.viewer.branch && { title: t('stock.branch'), cell: (/** @type {any} */ one) => branchText(one.branch) },
    { title: t('stock.total'), isNumber: true, cell: (/** @type {any} */ one) => money(one.total) },
  ];
  const mayWrite = can(viewer, 'WRITE_QUOTATIONS') && isInOne(viewer);
  return html`
    <${Page} title=${t('nav.quotations')} actions=${mayWrite && html`<${Button} kind="primary" icon="plus" href=${to('quotations/new')}>${t('quotation.new')}</${Button}>`}>
      <${Panel}>
        <${Filters} label=${t('quotation.filter')} names=${['search', 'kind', 'status', 'from', 'to']} query=${query}>
          <${Typed} name="search" label=${t('offer.search')} query=${query} />
          <${Choice} name="kind" label=${t('quotation.kind')} query=${query} empty=${t('stock.any')} options=${['QUOTATION', 'INVOICE'].map((one) => ({ value: one, text: word('quotation.kind', one) }))} />
          <${Choice} name="status" label=${t('stock.state')} query=${query} empty=${t('stock.any')} options=${STATES.map((one) => ({ value: one, text: word('status', one) }))} />
          <${Choice} name="from" label=${t('offer.from')} type="date" query=${query} />
          <${Choice} name="to" label=${t('offer.to')} type="date" query=${query} />
        </${Filters}>
        <${List} list=${list} caption=${t('nav.quotations')} columns=${columns} empty=${t('quotation.none')} emptyText=${t('quotation.none.text')} />
      </${Panel}>
    </${Page}>
  `;
}
