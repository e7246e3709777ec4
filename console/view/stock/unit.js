/** One unit: what is known of it, what was billed, what can be done. */

import { daysBetween } from '../../core/day.js';
import { can } from '../../core/may.js';
import { useLive } from '../../core/live.js';
import { useQuery } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, money, t, today, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Facts, Page, Panel, State } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { Age } from './age.js';
import { isInOne, zone } from '../place.js';
import { UnitActions } from './unit_actions.js';

/** @param {{ id: string, viewer: any }} props */
export function Unit({ id, viewer }) {
  const answer = useQuery('StockUnit', { id, bills: can(viewer, 'READ_BILLS') });
  useLive('StockChanged', { branch: viewer.viewer.branch?.id ?? null }, ({ stockChanged: { unit } }) => {
    if (!unit || unit.id === id) answer.again();
  }, answer.again);
  const unit = answer.data?.node;
  const back = html`<a href=${to('stock')}>${t('nav.stock')}</a>`;
  return html`
    <${Page} title=${unit?.chassisNumber ?? t('stock.unit')} lead=${back} actions=${unit?.id && html`<${State} of=${unit.status} />`}>
      <${Answered} answer=${answer}>
        ${() => (unit?.id ? html`<${Known} unit=${unit} viewer=${viewer} again=${answer.again} />` : html`<${Empty} title=${t('state.missing.title')} text=${t('stock.unit.gone')} />`)}
      </${Answered}>
    </${Page}>
  `;
}

/** @param {{ unit: any, viewer: any, again: () => void }} props */
function Known({ unit, viewer, again }) {
  const now = today(zone(viewer));
  return html`
    <${Panel} title=${`${unit.model.name}${unit.colour ? ` · ${unit.colour}` : ''}`}>
      <${Facts} items=${[
        [t('stock.chassis'), html`<code>${unit.chassisNumber}</code>`],
        [t('stock.motor'), html`<code>${unit.motorNumber}</code>`],
        [t('stock.class'), word('class', unit.model.vehicleClass)],
        [t('stock.colour'), unit.colour ?? t('stock.unknown')],
        [t('stock.year'), unit.modelYear ?? t('stock.unknown')],
        [t('stock.branch'), `${unit.branch.code} · ${unit.branch.name}`],
        [t('stock.received'), day(unit.receivedOn)],
        unit.soldOn
          ? [t('stock.sold'), `${day(unit.soldOn)} (${t('stock.sold_after', { days: daysBetween(unit.receivedOn, unit.soldOn) })})`]
          : [t('stock.age'), html`<${Age} days=${daysBetween(unit.receivedOn, now)} />`],
        can(viewer, 'READ_COST') && [t('stock.cost'), unit.landedCost ? money(unit.landedCost) : t('stock.unknown')],
        [t('stock.price'), money(unit.model.listPrice)],
        unit.notes && [t('stock.notes'), unit.notes],
      ]} />
      ${(can(viewer, 'WRITE_STOCK') || can(viewer, 'WRITE_BILLS')) && isInOne(viewer) && html`<${UnitActions} unit=${unit} viewer=${viewer} again=${again} />`}
    </${Panel}>
    ${unit.bills && html`<${Panel} title=${t('nav.bills')}><${Bills} bills=${unit.bills} /></${Panel}>`}
  `;
}

/** @param {{ bills: any[] }} props */
function Bills({ bills }) {
  if (!bills.length) return html`<p class="hint">${t('stock.no_bills')}</p>`;
  const columns = [
    { title: t('stock.bill'), isMain: true, cell: (/** @type {any} */ bill) => html`<a href=${to(`bills/${bill.id}`)}>${bill.number}</a>` },
    { title: t('stock.date'), cell: (/** @type {any} */ bill) => day(bill.date) },
    { title: t('stock.buyer'), cell: (/** @type {any} */ bill) => bill.buyer.name },
    { title: t('stock.state'), cell: (/** @type {any} */ bill) => html`<${State} of=${bill.status} />` },
    { title: t('stock.total'), isNumber: true, cell: (/** @type {any} */ bill) => money(bill.total) },
  ];
  return html`<${Table} caption=${t('nav.bills')} columns=${columns} rows=${bills} />`;
}
