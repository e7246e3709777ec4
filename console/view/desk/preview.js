/** What the server would write on a bill, before it is issued. */

import { t } from '../../core/text.js';
import { html } from '../../core/view.js';

/** @param {{ preview: import('../../core/preview.js').Foreseen | null }} props */
export function Preview({ preview }) {
  if (!preview) return null;
  const { seen: bill, problems, isFresh } = preview;
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
