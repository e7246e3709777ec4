/** What is open now: stock, what is owed, and promises. */

import { number, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { AgeBar, AgeParts } from './ages.js';
import { Tile } from './figure.js';
import { openOf } from './ways.js';

const KINDS = ['STOCK', 'AGE', 'CUSTOMER_RECEIVABLE', 'FINANCIER_RECEIVABLE', 'REGISTRATION', 'DELIVERY'];

/** What is open of a kind: that of the currency on screen, or what has none. @param {any} now @param {string} kind @param {string} currency */
export const openBy = (now, kind, currency) => now?.open.find((/** @type {any} */ one) => one.kind === kind && (one.currency === null || one.currency === currency));

const NOTHING = { count: 0, estimated: 0, amount: null };

/** @param {{ now: any, currency: string }} props */
export const OpenTiles = ({ now, currency }) => html`
  <section class="figures-part" aria-labelledby="figures-now">
    <h2 id="figures-now">${t('figures.now')}</h2>
    <div class="tiles is-thirds">${KINDS.map((kind) => html`<${OpenTile} key=${kind} kind=${kind} now=${now} currency=${currency} />`)}</div>
  </section>
`;

/** @param {{ kind: string, now: any, currency: string }} props */
function OpenTile({ kind, now, currency }) {
  const isStock = kind === 'STOCK' || kind === 'AGE';
  const counted = kind === 'AGE' ? 'STOCK' : kind;
  const open = openBy(now, counted, currency);
  const total = open?.total ?? NOTHING;
  const isOfMoney = total.amount !== null && kind !== 'AGE';
  const title = t(kind === 'STOCK' && now && !isOfMoney ? 'figures.open.STOCK.count' : `figures.open.${kind}`);
  if (!now) return html`<${Tile} title=${title} />`;
  const value = kind === 'AGE'
    ? open?.meanAge == null ? '–' : t('performance.flow.days', { days: number(Math.round(open.meanAge)) })
    : isOfMoney ? total.amount.formatted : number(total.count);
  const href = openOf(counted, { currency });
  const defined = { title, formula: t(`figures.formula.${kind}`), value, made: now, href };
  const bar = kind !== 'STOCK' && open && html`<${AgeBar} buckets=${open.buckets} sayOf=${(/** @type {any} */ bucket) => bucket.amount?.formatted ?? String(bucket.count)} />`;
  return html`<${Tile} title=${title} value=${value} href=${href} defined=${defined} below=${bar} note=${isStock ? html`<${StockNote} kind=${kind} open=${open} />` : html`<${OverdueNote} open=${open} isOfMoney=${isOfMoney} />`} />`;
}

/** @param {{ kind: string, open: any }} props */
function StockNote({ kind, open }) {
  if (!open) return null;
  if (kind === 'AGE') return html`<${AgeParts} kind="STOCK" buckets=${open.buckets} currency=${open.currency} />`;
  const { count, estimated, amount } = open.total;
  return html`
    ${amount && html`<span>${count === 1 ? t('figures.count.unit') : t('figures.count.units', { count: number(count) })}</span>`}
    ${amount && estimated > 0 && html` <span class="than">${t('figures.estimated', { count: number(estimated) })}</span>`}
  `;
}

/** @param {{ open: any, isOfMoney: boolean }} props */
function OverdueNote({ open, isOfMoney }) {
  // A leasing company pays after the sale: only what takes long stands out.
  if (open?.kind === 'FINANCIER_RECEIVABLE') return html`<${LateNote} open=${open} />`;
  const overdue = open?.overdue ?? NOTHING;
  if (!overdue.count) return html`<span>${t(isOfMoney ? 'figures.overdue.amount.none' : 'figures.overdue.none')}</span>`;
  const href = openOf(open.kind, { from: 1, currency: open.currency });
  const text = isOfMoney ? t('figures.overdue.amount', { amount: overdue.amount.formatted }) : t('figures.overdue', { count: number(overdue.count) });
  return html`${isOfMoney && html`<span>${t('figures.count.of', { count: number(open.total.count) })}. </span>`}<a href=${href} class="change is-bad">${text}</a>`;
}

/** @param {{ open: any }} props */
function LateNote({ open: { total, over30, currency } }) {
  const bills = html`<span>${t('figures.count.of', { count: number(total.count) })}. </span>`;
  if (!over30.count) return html`${bills}${t('figures.over.none', { days: 30 })}`;
  return html`${bills}<a href=${openOf('FINANCIER_RECEIVABLE', { from: 31, currency })} class="change is-bad">${t('figures.over', { amount: over30.amount?.formatted ?? '', days: 30 })}</a>`;
}
