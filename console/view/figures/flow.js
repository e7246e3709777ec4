/** How stock flows: how long it lasts, how often it turns, how old it is. */

import { number, percent, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Facts, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/state.js';
import { AgeBar, AgeParts } from './ages.js';
import { openBy } from './open_tiles.js';
import { openOf } from './ways.js';

/** @param {number | null | undefined} value */
const inDays = (value) => (value === null || value === undefined ? '–' : t('performance.flow.days', { days: number(Math.round(value * 10) / 10) }));

/** @param {{ now: any, currency: string }} props */
export function Flow({ now, currency }) {
  const stock = openBy(now, 'STOCK', currency);
  return html`
    <${Panel} title=${t('performance.flow')}>
      <p class="than">${t('performance.flow.now')}</p>
      ${!now && html`<${Loading} rows=${4} />`}
      ${now && html`
        <${Facts} items=${[
          [t('performance.flow.stock'), stock ? html`<a href=${openOf('STOCK', { currency })}>${number(stock.total.count)}</a>` : '0'],
          stock?.total.amount && [t('figures.open.STOCK'), stock.total.amount.formatted],
          [t('performance.flow.supply'), inDays(now.flow.daysSupply)],
          [t('performance.flow.turn'), now.flow.stockTurn === null ? '–' : t('performance.flow.turn.value', { times: now.flow.stockTurn.toFixed(1) })],
          [t('performance.flow.through'), percent(now.flow.sellThrough)],
          [t('performance.flow.age'), inDays(stock?.meanAge)],
        ]} />
        ${stock && html`<${AgeBar} buckets=${stock.buckets} /><${AgeParts} kind="STOCK" buckets=${stock.buckets} currency=${currency} />`}
      `}
    </${Panel}>
  `;
}
