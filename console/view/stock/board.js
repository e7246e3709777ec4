/** The board of units: which there are, where they stand, how long. */

import { daysBetween } from '../../core/day.js';
import { can } from '../../core/may.js';
import { useLive } from '../../core/live.js';
import { usePages, useQuery } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, money, t, today, word } from '../../core/text.js';
import { html, useEffect, useRef, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page, Panel, State } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Age } from './age.js';
import { Choice, Filters, given, rangeOf, Typed } from './filter.js';
import { Head } from './head.js';
import { branchText, isInOne, useModels, zone } from '../place.js';
import { Print } from './print.js';

/** What stands in the yard, or is on its way between two. */
const ON_HAND = ['AVAILABLE', 'RESERVED', 'DAMAGED', 'IN_TRANSIT'];

/** How long changes are gathered before the counts are read anew, in milliseconds. */
const GATHER = 1500;

/** @param {{ viewer: any, query: URLSearchParams, mayWrite: boolean }} props */
export function Board({ viewer, query, mayWrite }) {
  const branch = viewer.viewer.branch?.id ?? null;
  const now = today(zone(viewer));
  const status = query.get('status');
  const isPast = status === 'SOLD' || status === 'ALL';
  const filter = given({
    status: status === 'ALL' ? null : status ? [status] : ON_HAND,
    model: query.get('model'),
    colour: query.get('colour'),
    search: query.get('search'),
    receivedOn: rangeOf(query),
  });
  const orderBy = query.get('order') || (isPast ? 'RECEIVED_DESC' : 'RECEIVED_ASC');
  const list = usePages('StockUnits', { filter, orderBy, isWide: !isInOne(viewer) });
  const counts = useQuery('StockCounts', { dealership: viewer.viewer.dealership?.id ?? null, branch, figures: can(viewer, 'READ_KPIS') });
  const { rows, isBehind, again } = useToldUnits(list, counts.again, branch);
  const columns = [
    { title: t('stock.chassis'), isMain: true, cell: (/** @type {any} */ unit) => html`<a href=${to(`stock/${unit.id}`)}>${unit.chassisNumber}</a>` },
    { title: t('stock.motor'), cell: (/** @type {any} */ unit) => unit.motorNumber },
    { title: t('stock.model'), cell: (/** @type {any} */ unit) => unit.model.name },
    { title: t('stock.colour'), cell: (/** @type {any} */ unit) => unit.colour ?? html`<small>${t('stock.unknown')}</small>` },
    !branch && { title: t('stock.branch'), cell: (/** @type {any} */ unit) => html`<span title=${unit.branch.name}>${branchText(unit.branch)}</span>` },
    { title: t('stock.state'), cell: (/** @type {any} */ unit) => html`<${State} of=${unit.status} />` },
    { title: t('stock.received'), cell: (/** @type {any} */ unit) => day(unit.receivedOn) },
    { title: t('stock.age'), cell: (/** @type {any} */ unit) => (unit.soldOn ? t('stock.sold_after', { days: daysBetween(unit.receivedOn, unit.soldOn) }) : html`<${Age} days=${daysBetween(unit.receivedOn, now)} />`) },
    can(viewer, 'READ_COST') && { title: t('stock.cost'), isNumber: true, cell: (/** @type {any} */ unit) => money(unit.landedCost) },
    { title: t('stock.price'), isNumber: true, cell: (/** @type {any} */ unit) => money(unit.model.listPrice) },
  ];
  const actions = html`
    ${mayWrite && html`<${Button} kind="primary" icon="plus" href=${to('receive')}>${t('stock.receive')}</${Button}>`}
    ${isInOne(viewer) && html`<${Print} of=${{ stockReport: branch ? { branch } : {} }} text=${t('stock.report')} />`}
  `;
  return html`
    <${Page} title=${t('nav.stock')} actions=${actions}>
      <${Head} counts=${counts} query=${query} today=${now} />
      <${Panel}>
        <${Narrowed} viewer=${viewer} query=${query} isPast=${isPast} />
        <div class="stock-told" role="status">
          ${list.connection && html`<span>${t(list.connection.totalCount === 1 ? 'stock.count.one' : 'stock.count', { count: list.connection.totalCount })}</span>`}
          ${isBehind && html`<button type="button" class="link" onClick=${again}>${t('stock.told')}</button>`}
        </div>
        <${List} list=${{ ...list, rows }} caption=${t('nav.stock')} columns=${columns} empty=${t('stock.none')} emptyText=${t('stock.none.text')} />
      </${Panel}>
    </${Page}>
  `;
}

/** @param {{ viewer: any, query: URLSearchParams, isPast: boolean }} props */
function Narrowed({ viewer, query, isPast }) {
  const models = useModels(viewer) ?? [];
  const states = [...ON_HAND, 'SOLD'].map((state) => ({ value: state, text: word('status', state) }));
  const orders = ['RECEIVED_ASC', 'RECEIVED_DESC', 'CHASSIS_NUMBER_ASC'].map((order) => ({ value: order, text: t(`stock.order.${order}`) }));
  return html`
    <${Filters} label=${t('stock.filter')} names=${['search', 'status', 'model', 'colour', 'from', 'to', 'order']} query=${query}>
      <${Typed} name="search" label=${t('stock.search')} query=${query} />
      <${Choice} name="status" label=${t('stock.state')} query=${query} empty=${t('stock.on_hand')} options=${[...states, { value: 'ALL', text: t('stock.all') }]} />
      <${Choice} name="model" label=${t('stock.model')} query=${query} empty=${t('stock.any')} options=${models.map((model) => ({ value: model.id, text: model.name }))} />
      <${Typed} name="colour" label=${t('stock.colour')} query=${query} />
      <${Choice} name="from" label=${t('stock.received.from')} type="date" query=${query} />
      <${Choice} name="to" label=${t('stock.received.to')} type="date" query=${query} />
      <${Choice} name="order" label=${t('stock.order')} query=${query} empty=${t(isPast ? 'stock.order.RECEIVED_DESC' : 'stock.order.RECEIVED_ASC')} options=${orders.filter((order) => order.value !== (isPast ? 'RECEIVED_DESC' : 'RECEIVED_ASC'))} />
    </${Filters}>
  `;
}

/**
 * The rows as they are told to be now. A row stays where it is when it changes, so that nobody clicks another one than meant;
 * units that are not among the rows are offered to be read.
 * @param {ReturnType<typeof usePages>} list
 * @param {() => void} count reads the counts anew
 * @param {string | null} branch
 */
function useToldUnits(list, count, branch) {
  const [told, setTold] = useState(/** @type {Record<string, any>} */ ({}));
  const [isBehind, setBehind] = useState(false);
  const timer = useRef(0);
  useEffect(() => {
    setTold({});
    setBehind(false);
  }, [list.connection]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive('StockChanged', { branch }, ({ stockChanged: { unit } }) => {
    if (unit && list.rows?.some((/** @type {any} */ row) => row.id === unit.id)) setTold((old) => ({ ...old, [unit.id]: unit }));
    else setBehind(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(count, GATHER);
  }, list.again);
  const rows = list.rows?.map((/** @type {any} */ row) => ({ ...row, ...told[row.id] }));
  return { rows, isBehind, again: list.again };
}
