/** Transfers between branches: asked for, on their way, arrived. */

import { daysBetween } from '../../core/day.js';
import { can } from '../../core/may.js';
import { useLive } from '../../core/live.js';
import { usePages } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, t, today } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page, Panel, State, Tabs } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Refused, useAct } from './act.js';
import { branchText, isInOne, zone } from '../place.js';
import { Offer, Request } from './transfer_new.js';

/** The tabs, each with the states it shows. @type {Record<string, string[] | null>} */
const SHOWN = { OPEN: ['REQUESTED', 'IN_TRANSIT'], RECEIVED: ['RECEIVED'], CANCELLED: ['CANCELLED'], ALL: null };

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function View({ viewer, query }) {
  const asked = query.get('status') ?? '';
  const state = asked in SHOWN ? asked : 'OPEN';
  const shown = SHOWN[state];
  const list = usePages('TransferList', { filter: shown ? { status: shown } : {}, orderBy: 'REQUESTED_DESC', isWide: !isInOne(viewer) });
  const acting = useAct(list.again);
  const [open, setOpen] = useState('');
  useLive('StockChanged', { branch: viewer.viewer.branch?.id ?? null }, ({ stockChanged: { unit, transfer } }) => {
    if (transfer || !unit) list.again();
  }, list.again);
  const mayWrite = can(viewer, 'WRITE_STOCK') && isInOne(viewer);
  const done = () => {
    setOpen('');
    list.again();
  };
  const tabs = Object.keys(SHOWN).map((name) => ({ href: to('transfers', { status: name === 'OPEN' ? null : name }), text: t(`transfer.tab.${name}`), isCurrent: name === state }));
  const actions = mayWrite && html`
    <${Button} kind="primary" onClick=${() => setOpen('request')}>${t('transfer.request')}</${Button}>
    <${Button} onClick=${() => setOpen('offer')}>${t('transfer.offer')}</${Button}>
  `;
  return html`
    <${Page} title=${t('nav.transfers')} actions=${actions}>
      <${Tabs} label=${t('transfer.tabs')} tabs=${tabs} />
      <${Panel}>
        <${Refused} of=${acting} />
        <${List} list=${list} caption=${t('nav.transfers')} columns=${columnsOf(viewer, acting)} empty=${t('transfer.none')} emptyText=${t('transfer.none.text')} />
      </${Panel}>
      ${open === 'request' && html`<${Request} viewer=${viewer} onClose=${() => setOpen('')} onDone=${done} />`}
      ${open === 'offer' && html`<${Offer} viewer=${viewer} onClose=${() => setOpen('')} onDone=${done} />`}
    </${Page}>
  `;
}

/** @param {any} viewer @param {ReturnType<typeof useAct>} acting */
function columnsOf(viewer, acting) {
  const isOfBranch = Boolean(viewer.viewer.branch);
  const now = today(zone(viewer));
  const way = (/** @type {any} */ { side, branch, otherBranchCode }) => (side === 'SENDING' ? [branchText(branch), otherBranchCode] : [otherBranchCode, branchText(branch)]);
  return [
    { title: t('stock.chassis'), isMain: true, cell: (/** @type {any} */ one) => (one.unit ? html`<a href=${to(`stock/${one.unit.id}`)}>${one.chassisNumber}</a>` : one.chassisNumber) },
    { title: t('stock.model'), cell: (/** @type {any} */ one) => one.modelName },
    isOfBranch && { title: t('transfer.direction'), cell: (/** @type {any} */ one) => t(`transfer.side.${one.side}`, { branch: one.otherBranchCode }) },
    !isOfBranch && { title: t('transfer.from'), cell: (/** @type {any} */ one) => way(one)[0] },
    !isOfBranch && { title: t('transfer.to'), cell: (/** @type {any} */ one) => way(one)[1] },
    { title: t('stock.state'), cell: (/** @type {any} */ one) => html`<${State} of=${one.status} />` },
    { title: t('transfer.asked'), cell: (/** @type {any} */ one) => day(one.requestedOn) },
    { title: t('transfer.sent'), cell: (/** @type {any} */ one) => day(one.sentOn) },
    { title: t('transfer.way'), cell: (/** @type {any} */ one) => html`<${OnTheWay} transfer=${one} now=${now} />` },
    { title: t('stock.notes'), cell: (/** @type {any} */ one) => one.notes ?? '' },
    can(viewer, 'WRITE_STOCK') && isInOne(viewer) && { title: t('stock.actions'), cell: (/** @type {any} */ one) => html`<${Steps} transfer=${one} viewer=${viewer} acting=${acting} />` },
  ];
}

/** @param {{ transfer: any, now: string }} props */
function OnTheWay({ transfer, now }) {
  if (!transfer.sentOn || transfer.status === 'CANCELLED') return '–';
  const days = daysBetween(transfer.sentOn, transfer.receivedOn ?? now);
  return t(days === 1 ? 'stock.day' : 'stock.days', { days });
}

/** What may be done with a transfer by whoever acts for the one branch, the other or both. @param {{ transfer: any, viewer: any, acting: ReturnType<typeof useAct> }} props */
function Steps({ transfer, viewer, acting }) {
  const isFor = (/** @type {string} */ side) => !viewer.viewer.branch || transfer.side === side;
  const input = { transfer: transfer.id };
  const button = (/** @type {keyof import('../../types/operations.js').Operations} */ operation, /** @type {string} */ text, /** @type {string} */ said, kind = 'plain') => html`
    <${Button} key=${operation} kind=${kind} isBusy=${acting.isBusy(operation, input)} aria-label=${`${text}: ${transfer.chassisNumber}`} onClick=${() => acting.act(operation, input, said)}>${text}</${Button}>
  `;
  const isRequested = transfer.status === 'REQUESTED';
  const isOnWay = transfer.status === 'IN_TRANSIT';
  return html`<span class="stock-actions">
    ${isRequested && isFor('SENDING') && can(viewer, 'APPROVE_TRANSFERS') && button('TransferSend', t('transfer.send'), t('transfer.sent.said'), 'primary')}
    ${isOnWay && isFor('RECEIVING') && button('TransferReceive', t('transfer.receive'), t('transfer.received.said'), 'primary')}
    ${(isRequested || (isOnWay && isFor('SENDING'))) && button('TransferCancel', t('transfer.cancel'), t('transfer.cancelled.said'))}
  </span>`;
}
