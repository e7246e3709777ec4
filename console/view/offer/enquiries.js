/** Enquiries: who asked about what, and what came of it. */

import { can } from '../../core/may.js';
import { usePages } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, t, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page, Panel, State, Tabs } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Choice, Filters, given, rangeOf } from '../stock/filter.js';
import { branchText, isInOne, useModels } from '../place.js';
import { Enquiry } from './enquiry.js';
import { NewEnquiry } from './enquiry_new.js';

const STATES = ['OPEN', 'QUOTED', 'WON', 'LOST'];

/** @param {{ viewer: any, rest: string[], query: URLSearchParams }} props */
export function View({ viewer, rest, query }) {
  return rest[0] ? html`<${Enquiry} key=${rest[0]} id=${rest[0]} viewer=${viewer} />` : html`<${Enquiries} viewer=${viewer} query=${query} />`;
}

/** @param {{ viewer: any, query: URLSearchParams }} props */
function Enquiries({ viewer, query }) {
  const state = query.get('status') ?? 'OPEN';
  const filter = given({ status: state === 'ALL' ? null : [state], model: query.get('model'), date: rangeOf(query) });
  const list = usePages('EnquiryList', { filter, isWide: !isInOne(viewer) });
  const models = useModels(viewer) ?? [];
  const [isNew, setNew] = useState(false);
  const mayWrite = can(viewer, 'WRITE_SALES_QUOTATIONS') && isInOne(viewer);
  const kept = { model: query.get('model'), from: query.get('from'), to: query.get('to') };
  const tabs = [...STATES, 'ALL'].map((one) => ({ href: to('enquiries', { ...kept, status: one === 'OPEN' ? null : one }), text: one === 'ALL' ? t('offer.all') : word('status', one), isCurrent: one === state }));
  const columns = [
    { title: t('offer.who'), isMain: true, cell: (/** @type {any} */ one) => html`<a href=${to(`enquiries/${one.id}`)}>${one.person.name}</a>` },
    { title: t('stock.date'), cell: (/** @type {any} */ one) => day(one.date) },
    { title: t('stock.model'), cell: (/** @type {any} */ one) => one.model?.name ?? '–' },
    { title: t('stock.state'), cell: (/** @type {any} */ one) => html`<${State} of=${one.status} />` },
    !viewer.viewer.branch && { title: t('stock.branch'), cell: (/** @type {any} */ one) => branchText(one.branch) },
    { title: t('offer.by'), cell: (/** @type {any} */ one) => one.salesperson?.name ?? '–' },
    { title: t('stock.notes'), cell: (/** @type {any} */ one) => one.lostReason ?? one.notes ?? '' },
  ];
  return html`
    <${Page} title=${t('nav.enquiries')} actions=${mayWrite && html`<${Button} kind="primary" icon="plus" onClick=${() => setNew(true)}>${t('enquiry.new')}</${Button}>`}>
      <${Tabs} label=${t('enquiry.tabs')} tabs=${tabs} />
      <${Panel}>
        <${Filters} label=${t('enquiry.filter')} names=${['model', 'from', 'to']} query=${query}>
          <${Choice} name="model" label=${t('stock.model')} query=${query} empty=${t('stock.any')} options=${models.map((model) => ({ value: model.id, text: model.name }))} />
          <${Choice} name="from" label=${t('offer.from')} type="date" query=${query} />
          <${Choice} name="to" label=${t('offer.to')} type="date" query=${query} />
        </${Filters}>
        <${List} list=${list} caption=${t('nav.enquiries')} columns=${columns} empty=${t('enquiry.none')} emptyText=${t('enquiry.none.text')} />
      </${Panel}>
      ${isNew && html`<${NewEnquiry} viewer=${viewer} models=${models} onClose=${() => setNew(false)} />`}
    </${Page}>
  `;
}
