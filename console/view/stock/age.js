/** How long something stands or travels, and what that means. */

import { t } from '../../core/text.js';
import { html } from '../../core/view.js';

/** The buckets of the key figures: from which age, to which, and how grave it is. */
export const BUCKETS = [
  { from: 0, to: 30, tone: 'good' },
  { from: 31, to: 60, tone: 'info' },
  { from: 61, to: 90, tone: 'wait' },
  { from: 91, to: null, tone: 'bad' },
];

/** @param {number} from @param {number | null} to */
export const bucketText = (from, to) => (to === null ? t('stock.age.over', { days: from - 1 }) : t('stock.age.between', { from, to }));

/** An age with the bucket it is in. @param {{ days: number }} props */
export function Age({ days }) {
  const bucket = BUCKETS.find(({ to }) => to === null || days <= to);
  return html`<span class="stock-age">${t(days === 1 ? 'stock.day' : 'stock.days', { days })}${bucket && html` <span class=${`mark is-${bucket.tone}`}>${bucketText(bucket.from, bucket.to)}</span>`}</span>`;
}
