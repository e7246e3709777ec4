/** Customers: by name, NIC or phone; one of them with the bills. */

import { can } from '../../core/may.js';
import { usePages } from '../../core/query.js';
import { go, to } from '../../core/route.js';
import { t, time } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page, Panel } from '../../ui/page.js';
import { Empty, Failed, Loading } from '../../ui/state.js';
import { List, Table } from '../../ui/table.js';
import { SearchBox } from './chips.js';
import { Customer } from './customer.js';
import { CustomerForm } from './customer_form.js';
import { nicOf, phoneOf, useKnown } from './known.js';

/** @param {{ viewer: any, rest: string[], query: URLSearchParams }} props */
export function View({ viewer, rest, query }) {
  if (rest[0]) return html`<${Customer} key=${rest[0]} viewer=${viewer} id=${rest[0]} />`;
  return html`<${Customers} viewer=${viewer} search=${query.get('q') ?? ''} />`;
}

/** @param {{ viewer: any, search: string }} props */
function Customers({ viewer, search }) {
  const [isEntering, setEntering] = useState(false);
  const mayWrite = can(viewer, 'WRITE_CUSTOMERS') && viewer.viewer.dealership;
  const isNumber = can(viewer, 'READ_IDENTITY') && (nicOf(search) || phoneOf(search));
  const done = (/** @type {any} */ { customer, warnings }) => go(to(`customers/${customer.id}`, { odd: warnings.map((/** @type {any} */ one) => one.code).join(',') }));
  return html`
    <${Page} title=${t('nav.customers')} actions=${mayWrite && html`<${Button} kind="primary" icon="plus" data-act="enter" onClick=${() => setEntering(true)}>${t('desk.customer.enter')}</${Button}>`}>
      <${Panel}>
        <${SearchBox} label=${t('desk.customers.search')} name="q" value=${search} />
        ${isNumber ? html`<${ByNumber} viewer=${viewer} search=${search} />` : html`<${ByName} viewer=${viewer} search=${search} />`}
      </${Panel}>
      ${isEntering && html`<${CustomerForm} viewer=${viewer} onDone=${done} onClose=${() => setEntering(false)} />`}
    </${Page}>
  `;
}

/** @param {any} viewer */
const columns = (viewer) => [
  { title: t('desk.name'), isMain: true, cell: (/** @type {any} */ one) => html`<a href=${to(`customers/${one.id}`)}>${one.name}</a>` },
  { title: t('desk.phone'), cell: (/** @type {any} */ one) => one.phone ?? '–' },
  !viewer.viewer.branch && { title: t('desk.branch'), cell: (/** @type {any} */ one) => `${one.branch.code} · ${one.branch.name}` },
  { title: t('desk.since'), cell: (/** @type {any} */ one) => time(one.createdAt, viewer.viewer.dealership?.timeZone) },
];

/** @param {{ viewer: any, search: string }} props */
function ByName({ viewer, search }) {
  const list = usePages('Customers', { filter: search ? { search } : {}, orderBy: search ? 'NAME_ASC' : 'CREATED_DESC' });
  return html`<${List} list=${list} caption=${t('nav.customers')} columns=${columns(viewer)} empty=${t(search ? 'desk.customers.none_such' : 'desk.customers.none')} />`;
}

/** @param {{ viewer: any, search: string }} props */
function ByNumber({ viewer, search }) {
  const { customers, isLoading, fault } = useKnown(viewer, { nic: search, phone: search });
  if (fault) return html`<${Failed} fault=${fault} />`;
  if (isLoading) return html`<${Loading} />`;
  if (!customers.length) return html`<${Empty} title=${t(viewer.viewer.dealership ? 'desk.customers.none_such' : 'desk.choose_dealership')} />`;
  return html`<${Table} caption=${t('nav.customers')} columns=${columns(viewer)} rows=${customers} />`;
}
