/**
 * What the server would write on a bill, before it is issued. A server without `previewBill` has no operation `PreviewBill`:
 * nothing is shown then, for totals are computed there and nowhere else.
 */

import operations from '../../operations.js';
import { useQuery } from '../../core/query.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { useLast, useSettled } from './settled.js';

const hasPreview = 'PreviewBill' in operations;

/**
 * @param {object | null} input of `issueBill`, without its key; null while it is not complete
 * @returns {{ bill: any, problems: any[], isFresh: boolean } | null} null where there is none
 */
export function usePreview(input) {
  // By its text: an equal input is no other one.
  const settled = useSettled(input ? JSON.stringify(input) : '', 350);
  const answer = useQuery('PreviewBill', hasPreview && settled ? { input: JSON.parse(settled) } : null);
  const last = useLast(answer.data);
  if (!input || !hasPreview || !last) return null;
  const { preview, userErrors } = last.previewBill;
  return { bill: preview, problems: userErrors ?? [], isFresh: Boolean(answer.data) && settled === JSON.stringify(input) };
}

/** @param {{ preview: ReturnType<typeof usePreview> }} props */
export function Preview({ preview }) {
  if (!preview?.bill) return null;
  const { bill, isFresh } = preview;
  const lines = [
    [t('desk.vehicle_price'), bill.vehiclePrice], [t('desk.vat'), bill.vat], [t('desk.sscl'), bill.sscl], [t('desk.leased'), bill.leasedAmount],
    [t('desk.rmv_charge'), bill.rmvCharge], [t('desk.total'), bill.total], [t('desk.balance'), bill.balance],
  ].filter(([, money]) => money);
  return html`
    <div class=${isFresh ? 'preview' : 'preview is-old'} aria-live="polite" aria-busy=${!isFresh}>
      <dl class="sums">${lines.map(([name, money]) => html`<div key=${name} class=${name === t('desk.total') ? 'is-sum' : ''}><dt>${name}</dt><dd>${money.formatted}</dd></div>`)}</dl>
    </div>`;
}
