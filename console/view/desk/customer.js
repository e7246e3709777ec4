/** One customer, and what was sold to them. */

import { can } from '../../core/may.js';
import { usePages, useQuery } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, t, time } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Facts, Page, Panel, State } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';
import { List } from '../../ui/table.js';
import { CustomerForm, oddities } from './customer_form.js';

/** @param {{ viewer: any, id: string }} props */
export function Customer({ viewer, id }) {
  const answer = useQuery('Customer', { id });
  return html`
    <${Answered} answer=${answer}>
      ${(/** @type {any} */ data) => (data.node?.name
        ? html`<${Whole} viewer=${viewer} customer=${data.node} again=${answer.again} />`
        : html`<${Page} title=${t('state.missing.title')}><${Empty} title=${t('desk.customer.gone')} text=${t('state.missing.text')}><a href=${to('customers')}>${t('nav.customers')}</a></${Empty}></${Page}>`)}
    </${Answered}>
  `;
}

/** @param {{ viewer: any, customer: any, again: () => void }} props */
function Whole({ viewer, customer, again }) {
  const [isCorrecting, setCorrecting] = useState(false);
  const odd = new URLSearchParams(location.search).get('odd')?.split(',').filter(Boolean) ?? [];
  const [warnings, setWarnings] = useState(oddities(odd.map((code) => ({ code: `${code}.short` }))));
  const mayWrite = can(viewer, 'WRITE_CUSTOMERS') && can(viewer, 'READ_IDENTITY') && viewer.viewer.dealership;
  const done = (/** @type {any} */ payload) => {
    setCorrecting(false);
    setWarnings(oddities(payload.warnings));
    again();
  };
  const { name, nic, phone, address, branch, createdAt } = customer;
  return html`
    <${Page} title=${name} lead=${`${branch.code} · ${branch.name}`} actions=${mayWrite && html`<${Button} data-act="correct" onClick=${() => setCorrecting(true)}>${t('desk.customer.correct')}</${Button}>`}>
      ${warnings.map((text) => html`<p key=${text} class="known" role="status">${text}</p>`)}
      <${Panel} title=${t('desk.person')}>
        <${Facts} items=${[[t('desk.nic'), nic ?? '–'], [t('desk.phone'), phone ?? '–'], [t('desk.address'), address ?? '–'], [t('desk.since'), time(createdAt, branch.dealership.timeZone)]]} />
        ${!can(viewer, 'READ_IDENTITY') && html`<p class="hint">${t('desk.masked')}</p>`}
      </${Panel}>
      ${can(viewer, 'READ_BILLS') && html`<${Sold} customer=${customer} />`}
      ${isCorrecting && html`<${CustomerForm} viewer=${viewer} customer=${customer} onDone=${done} onClose=${() => setCorrecting(false)} />`}
    </${Page}>
  `;
}

/** @param {{ customer: any }} props */
function Sold({ customer }) {
  const list = usePages('Bills', { filter: { customer: customer.id } }, 10);
  const columns = [
    { title: t('desk.number'), isMain: true, cell: (/** @type {any} */ bill) => html`<a href=${to(`bills/${bill.id}`)}>${bill.number}</a>` },
    { title: t('desk.date'), cell: (/** @type {any} */ bill) => day(bill.date) },
    { title: t('desk.vehicle'), cell: (/** @type {any} */ bill) => html`${bill.modelName}<br /><small>${bill.chassisNumber ?? '–'}</small>` },
    { title: t('desk.total'), isNumber: true, cell: (/** @type {any} */ bill) => bill.total.formatted },
    { title: t('desk.balance'), isNumber: true, cell: (/** @type {any} */ bill) => (bill.balance.amountMinor ? bill.balance.formatted : '–') },
    { title: t('desk.state'), cell: (/** @type {any} */ bill) => html`<${State} of=${bill.status} />` },
  ];
  return html`<${Panel} title=${t('nav.bills')}><${List} list=${list} caption=${t('nav.bills')} columns=${columns} empty=${t('desk.customer.no_bills')} /></${Panel}>`;
}
