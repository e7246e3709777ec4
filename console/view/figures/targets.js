/** Targets of a month: what is reached, what would be at an even pace, and where it leads. */

import { number, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Icon } from '../../ui/icon.js';
import { amount } from './amount.js';

/** @param {{ target: any, isNamed?: boolean }} props */
export const Target = ({ target, isNamed = true }) => html`
  <div class="target">
    ${isNamed && html`<h3>${target.branch ? `${target.branch.code} · ${target.branch.name}` : target.dealership.name}</h3>`}
    ${target.units && html`<${Pace} title=${t('figures.target.units')} pace=${target.units} say=${number} />`}
    ${target.revenue && html`<${Pace} title=${t('figures.target.revenue')} pace=${target.revenue} say=${(/** @type {number} */ value) => amount(value, target.currency)} />`}
  </div>
`;

/** @param {{ title: string, pace: any, say: (value: number) => string }} props */
function Pace({ title, pace: { target, sold, pace, gap, projection }, say }) {
  const end = Math.max(target, sold, projection ?? 0, 1);
  const at = (/** @type {number} */ value) => `${Math.min(100, (100 * Math.max(0, value)) / end)}%`;
  const words = gap === 0 ? t('figures.target.even') : t(gap > 0 ? 'figures.target.ahead' : 'figures.target.behind', { gap: say(Math.abs(gap)) });
  return html`
    <div class="pace">
      <p class="pace-head"><span>${title}</span><strong>${t('figures.target.of', { sold: say(sold), target: say(target) })}</strong></p>
      <div class="pace-bar" aria-hidden="true">
        ${projection !== null && html`<i class="is-projection" style=${{ width: at(projection) }}></i>`}
        <i class=${gap < 0 ? 'is-sold is-behind' : 'is-sold'} style=${{ width: at(sold) }}></i>
        <b class="is-pace" style=${{ left: at(pace) }}></b>
        <b class="is-target" style=${{ left: at(target) }}></b>
      </div>
      <p class="pace-note">
        <span class=${`change ${gap > 0 ? 'is-good' : gap < 0 ? 'is-bad' : ''}`}>${gap !== 0 && html`<${Icon} name=${gap > 0 ? 'up' : 'fall'} />`}${words}</span>
        ${projection !== null && html`<span class="than">${t('figures.target.pace', { pace: say(pace) })}; ${t('figures.target.projection', { projection: say(projection) })}</span>`}
      </p>
    </div>
  `;
}
