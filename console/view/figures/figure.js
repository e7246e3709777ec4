/** A tile: one figure, what it was before, how it went, and the ways to its definition and its rows. */

import { t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Icon } from '../../ui/icon.js';
import { changeOf } from './amount.js';
import { Definition } from './definition.js';
import { days } from './period.js';
import { Spark } from './spark.js';

/**
 * @typedef {object} TileProps
 * @property {string} title
 * @property {string} [value] not given: it is on its way
 * @property {string} [href] its rows
 * @property {import('./definition.js').Defined} [defined]
 * @property {any} [note] a line below the value
 * @property {any} [below] what stands at the foot
 */

/** @param {TileProps} props */
export function Tile({ title, value, href, defined, note, below }) {
  const [isOpen, setOpen] = useState(false);
  if (value === undefined) {
    return html`<article class="tile" aria-busy="true"><h3><span class="tile-title">${title}</span></h3><p class="tile-value"><span class="bone is-value"></span></p><p class="tile-note"><span class="bone is-note"></span></p><div class="tile-below"></div></article>`;
  }
  return html`
    <article class="tile">
      <h3><button type="button" class="tile-title" onClick=${() => setOpen(true)} aria-haspopup="dialog">${title}<${Icon} name="info" /></button></h3>
      <p class="tile-value">${href ? html`<a href=${href}>${value}</a>` : value}</p>
      <p class="tile-note">${note}</p>
      <div class="tile-below">${below}</div>
      ${isOpen && defined && html`<${Definition} ...${defined} onClose=${() => setOpen(false)} />`}
    </article>
  `;
}

/** Of these less is better. */
const LESS = new Set(['DAYS_TO_SELL', 'DAYS_TO_CONVERT', 'ADVANCE_CANCELLATION', 'ABOVE_CAP_UNITS', 'UNITS_WITHOUT_COST', 'UNITS_WITHOUT_CHASSIS', 'UNITS_WITHOUT_STOCK']);

/** More of these is neither good nor bad. */
const NEITHER = new Set(['LEASING_MIX', 'LEASING_UNITS', 'LEASED_AMOUNT', 'LOAN_TO_VALUE', 'AVERAGE_SELLING_PRICE']);

/** Against what was before: an arrow, a sign and words. @param {{ figure: any, currency: string, made: any }} props */
export function Change({ figure, currency, made }) {
  if (!made.comparedFrom) return html`<span>${t('figures.no_comparison')}</span>`;
  const change = changeOf(figure, currency);
  if (!change) return html`<span>${t('figures.unknown_before')}</span>`;
  const tone = change.sign === 0 || NEITHER.has(figure.measure) ? '' : change.sign > 0 === !LESS.has(figure.measure) ? 'is-good' : 'is-bad';
  return html`
    <span class=${`change ${tone}`}>${change.sign !== 0 && html`<${Icon} name=${change.sign > 0 ? 'up' : 'fall'} />`}${change.text}</span>
    ${change.sign !== 0 && html` <span class="than">${t('figures.against', { days: days(made.comparedFrom, made.comparedTo) })}</span>`}
  `;
}

/**
 * The tile of a figure of a period.
 * @param {{ title: string, figure?: any, currency: string, made?: any, history?: Array<number | null>, href: string, note?: any }} props
 */
export function FigureTile({ title, figure, currency, made, history = [], href, note }) {
  if (!figure || !made) return html`<${Tile} title=${title} />`;
  const value = figure.formatted ?? t('figures.not_known');
  return html`<${Tile} title=${title} value=${value} href=${href}
    defined=${{ title, formula: figure.formula, value, made, figure, currency, href }}
    note=${html`<${Change} figure=${figure} currency=${currency} made=${made} />${note}`}
    below=${html`<${Spark} values=${history} unit=${figure.unit} currency=${currency} />`} />`;
}
