/** One bill: what it says, what happened to it, and what may be done with it. */

import { useLive } from '../../core/live.js';
import { useQuery } from '../../core/query.js';
import { go, setQuery, to } from '../../core/route.js';
import { t, word } from '../../core/text.js';
import { html, useEffect, useState } from '../../core/view.js';
import { Page, Panel, State } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';
import { Acts, DIALOGS, possible } from './acts.js';
import { BuyerPanel, MoneyPanel, PaymentsPanel, VehiclePanel } from './bill_panels.js';
import { ReversePayment } from './money_acts.js';
import { Papers } from './papers.js';
import { Timeline } from './timeline.js';

/** An id, and no number of a document. */
const ID = /^[\w-]{44}$/;

/** @param {{ viewer: any, of: string, isNew: boolean }} props `of`: its id or its number */
export function Bill({ viewer, of, isNew }) {
  const byId = ID.test(of);
  const answer = useQuery('Bill', { id: of, number: of, byId });
  return html`
    <${Answered} answer=${answer} rows=${8}>
      ${(/** @type {any} */ data) => {
        const bill = data.node ?? data.bill;
        if (!bill?.number) return html`<${Page} title=${t('state.missing.title')}><${Empty} title=${t('desk.bill.missing')} text=${t('state.missing.text')}><a href=${to('bills')}>${t('nav.bills')}</a></${Empty}></${Page}>`;
        return html`<${Whole} viewer=${viewer} bill=${bill} isNew=${isNew} again=${answer.again} />`;
      }}
    </${Answered}>
  `;
}

/** @param {{ viewer: any, bill: any, isNew: boolean, again: () => void }} props */
function Whole({ viewer, bill, isNew, again }) {
  const [act, setAct] = useState(/** @type {{ name: string, payment?: any } | null} */ (null));
  const { timeZone, currency } = bill.branch.dealership;
  useLive('BillChanged', {}, ({ billChanged }) => {
    if (!billChanged.bill || billChanged.bill.id === bill.id) again();
  }, again);
  // It was issued a moment ago; not any more when the page is opened again.
  useEffect(() => {
    if (isNew) setQuery({ issued: null });
  }, []);
  const close = () => setAct(null);
  const done = (/** @type {any} */ payload) => {
    close();
    if (act?.name === 'close') go(to(`bills/${payload.bill.id}`, { issued: 1 }));
    else again();
  };
  const Chosen = act ? DIALOGS[act.name] : undefined;
  const lead = html`<span class="row"><${State} of=${bill.status} /><span>${t(`desk.title.${bill.title}`)}</span><span>${word('sale', bill.saleType)}${bill.isAdvance ? ` · ${t('desk.advance')}` : ''}</span><span>${bill.branch.code} · ${bill.branch.name}</span>${bill.source === 'IMPORTED' && html`<span class="mark is-off">${t('desk.imported')}</span>`}</span>`;
  const acts = viewer.viewer.dealership ? possible(viewer, bill) : [];
  return html`
    <${Page} title=${bill.number} lead=${lead} actions=${html`<${Acts} acts=${acts} onChoose=${(/** @type {string} */ name) => setAct({ name })} />`}>
      <${Links} bill=${bill} />
      <div class="bill">
        <div class="bill-main">
          <${BuyerPanel} viewer=${viewer} bill=${bill} />
          <${VehiclePanel} viewer=${viewer} bill=${bill} />
          <${Panel} title=${t('desk.timeline')}><${Timeline} bill=${bill} timeZone=${timeZone} /></${Panel}>
        </div>
        <div class="bill-side">
          <${MoneyPanel} bill=${bill} />
          <${PaymentsPanel} viewer=${viewer} bill=${bill} onReverse=${(/** @type {any} */ payment) => setAct({ name: 'reverse', payment })} />
          <${Papers} viewer=${viewer} bill=${bill} timeZone=${timeZone} isNew=${isNew} onMail=${() => setAct({ name: 'mail' })} again=${again} />
        </div>
      </div>
      ${Chosen && html`<${Chosen} bill=${bill} currency=${currency} timeZone=${timeZone} onDone=${done} onClose=${close} />`}
      ${act?.payment && html`<${ReversePayment} payment=${act.payment} onDone=${done} onClose=${close} />`}
    </${Page}>
  `;
}

/** Bills that belong together. @param {{ bill: any }} props */
function Links({ bill }) {
  const { advanceBill: advance, finalBill: final, creditNote: credit } = bill;
  if (!advance && !final && !credit) return null;
  return html`
    <p class="row">
      ${advance && html`<span>${t('desk.completes')} <a href=${to(`bills/${advance.id}`)}>${advance.number}</a></span>`}
      ${final && html`<span>${t('desk.completed_by')} <a href=${to(`bills/${final.id}`)}>${final.number}</a></span>`}
      ${credit && html`<span>${t('desk.credited_by')} <strong>${credit.number}</strong> · ${credit.amount.formatted} · ${t(credit.unitReturned ? 'desk.unit_returned' : 'desk.unit_damaged')}</span>`}
    </p>`;
}
