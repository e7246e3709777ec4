/** How much stands in stock, by state and by age; each number leads to its units. */

import { after } from '../../core/day.js';
import { to } from '../../core/route.js';
import { money, number, t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Failed } from '../../ui/state.js';
import { BUCKETS, bucketText } from './age.js';

/** @type {Array<[string, string]>} */
const STATES = [['available', 'AVAILABLE'], ['reserved', 'RESERVED'], ['inTransit', 'IN_TRANSIT'], ['damaged', 'DAMAGED']];

/** @param {{ counts: import('../../core/query.js').Answer<any>, query: URLSearchParams, today: string }} props */
export function Head({ counts, query, today }) {
  if (counts.fault && !counts.data) return html`<${Failed} fault=${counts.fault} again=${counts.again} />`;
  const status = query.get('status');
  return html`
    <div class="stock-head">
      <ul class="stock-counts" aria-label=${t('stock.by_state')}>
        ${STATES.map(([name, state]) => html`<li key=${state}><a class="stock-count" href=${to('stock', { status: state })} aria-current=${status === state ? 'true' : undefined}>
          <span>${word('status', state)}</span><strong>${number(counts.data?.[name].totalCount)}</strong>
        </a></li>`)}
      </ul>
      ${counts.data?.kpiNow?.open.map((/** @type {any} */ open) => html`<${Ages} key=${open.currency} open=${open} today=${counts.data.kpiNow.today ?? today} query=${query} />`)}
    </div>
  `;
}

/** @param {{ open: any, today: string, query: URLSearchParams }} props */
function Ages({ open, today, query }) {
  return html`
    <ul class="stock-counts" aria-label=${t('stock.by_age')}>
      ${BUCKETS.map((bucket) => {
        const found = open.buckets.find((/** @type {any} */ one) => one.fromAge === bucket.from);
        const days = { from: bucket.to === null ? null : after(today, -bucket.to), to: bucket.from ? after(today, -bucket.from) : null };
        const isCurrent = (query.get('from') ?? null) === days.from && (query.get('to') ?? null) === days.to;
        return html`<li key=${bucket.from}><a class=${`stock-count is-${bucket.tone}`} href=${to('stock', days)} aria-current=${isCurrent ? 'true' : undefined}>
          <span>${bucketText(bucket.from, bucket.to)}</span><strong>${number(found?.count ?? 0)}</strong>
          ${found?.amount && html`<small>${money(found.amount)}</small>`}
        </a></li>`;
      })}
      ${open.total.amount && html`<li class="stock-count is-total"><span>${t('stock.value')}</span><strong>${money(open.total.amount)}</strong>
        ${open.total.estimated > 0 && html`<small>${t('stock.estimated', { count: open.total.estimated })}</small>`}
      </li>`}
    </ul>
  `;
}
