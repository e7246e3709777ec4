/** What needs somebody: each a sentence that leads to its rows. */

import { to } from '../../core/route.js';
import { number, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Icon } from '../../ui/icon.js';
import { Loading } from '../../ui/state.js';
import { Panel } from '../../ui/page.js';
import { openBy } from './open_tiles.js';
import { openOf } from './ways.js';

/** How many models that may run out are named. */
const MOST = 4;

/** @param {string} key @param {any} amount @param {Record<string, any>} [given] */
const sentence = (key, { count, amount }, given = {}) => t(`figures.alert.${key}${count === 1 ? '.one' : ''}`, { count: number(count), amount: amount?.formatted ?? '', ...given });

/** @param {any} now @param {string} currency @returns {Array<{ key: string, text: string, href: string, tone: string }>} */
function alertsOf(now, currency) {
  const stock = openBy(now, 'STOCK', currency);
  const old = [150, 120, 90].map((days) => {
    const part = stock?.[`over${days}`];
    if (!part?.count) return null;
    const text = t(`figures.alert.stock${part.count === 1 ? '.one' : ''}${part.amount ? '' : '.no_amount'}`, { count: number(part.count), amount: part.amount?.formatted ?? '', days });
    return { key: `stock-${days}`, text, href: openOf('STOCK', { from: days + 1, currency }), tone: days === 90 ? 'wait' : 'bad' };
  });
  const overdue = /** @type {const} */ ([['DELIVERY', 'delivery'], ['REGISTRATION', 'registration'], ['CUSTOMER_RECEIVABLE', 'receivable']]).map(([kind, key]) => {
    const part = openBy(now, kind, currency)?.overdue;
    return part?.count ? { key, text: sentence(key, part), href: openOf(kind, { from: 1, currency }), tone: 'bad' } : null;
  });
  return /** @type {any[]} */ ([...overdue, ...old].filter(Boolean));
}

/** @param {{ now: any, currency: string }} props */
export function Alerts({ now, currency }) {
  const alerts = now && alertsOf(now, currency);
  const risk = now?.stockOutRisk ?? [];
  return html`
    <${Panel} title=${t('figures.alerts')} class="figures-alerts">
      ${!now && html`<${Loading} rows=${5} />`}
      ${now && !alerts.length && !risk.length && html`<p>${t('figures.alerts.none')}</p>`}
      ${alerts?.length > 0 && html`<ul>${alerts.map((/** @type {any} */ alert) => html`<li key=${alert.key} class=${`is-${alert.tone}`}><${Icon} name="alert" /><a href=${alert.href}>${alert.text}</a></li>`)}</ul>`}
      ${risk.length > 0 && html`
        <h3>${t('figures.alert.supply.title')}</h3>
        <ul>
          ${risk.slice(0, MOST).map((/** @type {any} */ one) => html`<li key=${one.modelId} class="is-wait"><${Icon} name="alert" /><a href=${to('stock', { model: one.modelId })}>${t('figures.alert.supply', { model: one.model.name, available: number(one.available), sold: number(one.soldIn30Days) })}</a></li>`)}
          ${risk.length > MOST && html`<li class="is-more">${t('figures.alert.supply.more', { count: risk.length - MOST })}</li>`}
        </ul>`}
    </${Panel}>
  `;
}
