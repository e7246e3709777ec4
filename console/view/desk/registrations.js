/** Registrations that are under way, by the step they are at; the longest overdue first. */

import { can } from '../../core/may.js';
import { useLive } from '../../core/live.js';
import { usePages } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, t, word } from '../../core/text.js';
import { html, useEffect, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { Failed, Loading } from '../../ui/state.js';
import { Chips } from './chips.js';
import { Step } from './step.js';

/** Steps at which something is left to do; each leads to the next. */
const STEPS = ['OPENED', 'DOCUMENTS_READY', 'SUBMITTED', 'NUMBER_ISSUED', 'BOOK_RECEIVED'];

/** The step after the last that is on the board: then it is done. */
const DONE = 'PLATE_RECEIVED';

/** @param {string} step */
const after = (step) => STEPS[STEPS.indexOf(step) + 1] ?? DONE;

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function View({ viewer, query }) {
  const [moving, setMoving] = useState(/** @type {any} */ (null));
  const [round, setRound] = useState(0);
  const isNarrow = useNarrow();
  const again = () => setRound((n) => n + 1);
  const isOverdue = query.get('overdue') === '1';
  const mayMove = can(viewer, 'WRITE_REGISTRATIONS') && viewer.viewer.dealership;
  // Without a number it is overdue; with one it is not any more.
  const steps = isOverdue ? STEPS.slice(0, 3) : STEPS;
  const chosen = steps.find((step) => step === query.get('step')) ?? steps[0];
  return html`
    <${Page} title=${t('nav.registrations')} lead=${t('desk.registrations.lead')}>
      <${Chips} label=${t('desk.overdue')} name="overdue" value=${isOverdue ? '1' : ''} options=${[{ value: '', text: t('desk.rmv.open') }, { value: '1', text: t('desk.rmv.overdue') }]} />
      <${Live} onTold=${again} />
      ${isNarrow && html`<${Chips} label=${t('desk.rmv.step')} name="step" value=${chosen} options=${steps.map((step) => ({ value: step, text: word('status', step) }))} />`}
      <div class="board">${steps.filter((step) => !isNarrow || step === chosen).map((step) => html`<${Column} key=${`${step}${isOverdue}`} step=${step} isOverdue=${isOverdue} viewer=${viewer} round=${round} onMove=${mayMove ? setMoving : undefined} />`)}</div>
      ${moving && html`<${Step} registration=${moving} next=${after(moving.status)} timeZone=${viewer.viewer.dealership.timeZone} onClose=${() => setMoving(null)} onDone=${() => (setMoving(null), again())} />`}
    </${Page}>
  `;
}

/** Whether there is room for one column only. */
function useNarrow() {
  const [isNarrow, setNarrow] = useState(() => matchMedia('(max-width: 60rem)').matches);
  useEffect(() => {
    const media = matchMedia('(max-width: 60rem)');
    const look = () => setNarrow(media.matches);
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, []);
  return isNarrow;
}

/** @param {{ onTold: () => void }} props */
function Live({ onTold }) {
  useLive('BillChanged', {}, onTold, onTold);
  return null;
}

/** @param {{ step: string, isOverdue: boolean, viewer: any, round: number, onMove?: (registration: any) => void }} props */
function Column({ step, isOverdue, viewer, round, onMove }) {
  const list = usePages('Registrations', { filter: { status: [step], ...(isOverdue && { overdue: true }) } }, 15);
  useEffect(() => {
    if (round) list.again();
  }, [round]);
  return html`
    <section class="column" aria-label=${word('status', step)}>
      <h2>${word('status', step)} ${list.connection && html`<span class="count">${list.connection.totalCount}</span>`}</h2>
      ${list.fault && html`<${Failed} fault=${list.fault} again=${list.again} />`}
      ${!list.rows && !list.fault && html`<${Loading} rows=${3} />`}
      ${list.rows?.length === 0 && html`<p class="hint">${t('desk.rmv.none')}</p>`}
      <ul>${list.rows?.map((/** @type {any} */ one) => html`<${Card} key=${one.id} one=${one} viewer=${viewer} onMove=${onMove} />`)}</ul>
      ${list.hasMore && html`<p class="more"><${Button} kind="quiet" isBusy=${list.isAdding} onClick=${list.next}>${t('action.more')}</${Button}></p>`}
    </section>
  `;
}

/** @param {{ one: any, viewer: any, onMove?: (registration: any) => void }} props */
const Card = ({ one, viewer, onMove }) => html`
  <li class=${one.overdue ? 'card is-overdue' : 'card'}>
    <span class="row is-apart"><a href=${to(`bills/${one.bill.id}`)}>${one.bill.number}</a>${one.overdue && html`<span class="mark is-bad">${t('desk.overdue')}</span>`}</span>
    <strong>${one.bill.buyer.name}</strong>
    <small>${one.bill.modelName} · ${one.bill.chassisNumber ?? '–'}${!viewer.viewer.branch && ` · ${one.branch.code}`}</small>
    ${one.registrationNumber && html`<span>${one.registrationNumber}</span>`}
    <span class="row is-apart"><small>${one.numberIssuedOn ? t('desk.rmv.number_on', { day: day(one.numberIssuedOn) }) : t('desk.rmv.due', { day: day(one.dueOn) })}</small>
      ${onMove && html`<button type="button" class="link" data-act="advance" aria-label=${`${t(`desk.rmv.to.${after(one.status)}`)}: ${one.bill.number}`} onClick=${() => onMove(one)}>${t(`desk.rmv.to.${after(one.status)}`)}</button>`}</span>
  </li>`;
