/** What the server would write on a bill, before it is issued: totals are computed there and nowhere else. */

import { useLast, useSettled } from '../../core/settled.js';
import { useQuery } from '../../core/query.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';

/** @typedef {{ bill: any, problems: any[], isFresh: boolean }} Seen */

/**
 * @param {'PreviewBill' | 'PreviewClosing'} operation
 * @param {object | null} input null while too little is known
 * @returns {Seen | null} null where there is none
 */
export function usePreview(operation, input) {
  const text = input ? JSON.stringify(input) : '';
  // By its text: an equal input is no other one.
  const settled = useSettled(text, 300);
  const answer = useQuery(operation, settled ? { input: JSON.parse(settled) } : null);
  const last = useLast(answer.data);
  if (!text || !last) return null;
  const { preview, userErrors } = /** @type {any} */ (Object.values(last)[0]);
  return { bill: preview, problems: userErrors ?? [], isFresh: Boolean(answer.data) && settled === text };
}

/** @param {{ preview: Seen | null }} props */
export function Preview({ preview }) {
  if (!preview) return null;
  const { bill, problems, isFresh } = preview;
  const lines = bill
    ? [
        [t('desk.vehicle_price'), bill.vehiclePrice], [t('desk.vat'), bill.vat], [t('desk.sscl'), bill.sscl], [t('desk.leased'), bill.leasedAmount],
        [t('desk.rmv_charge'), bill.rmvCharge], [t('desk.total'), bill.total], [t('desk.balance'), bill.balance],
      ].filter(([, money]) => money)
    : [];
  return html`
    <div class=${isFresh ? 'preview' : 'preview is-old'} aria-live="polite" aria-busy=${!isFresh}>
      ${bill && html`<dl class="sums">${lines.map(([name, money]) => html`<div key=${name} class=${name === t('desk.total') ? 'is-sum' : ''}><dt>${name}</dt><dd>${money.formatted}</dd></div>`)}</dl>`}
      ${bill?.aboveLtvCap && html`<p><span class="mark is-wait">${t('desk.above_cap')}</span></p>`}
      ${problems.map((one) => html`<p key=${one.message} class="problem">${one.message}</p>`)}
    </div>`;
}
