/** A unit that is for sale, found by the beginning of its number. */

import { useSettled } from '../../core/settled.js';
import { daysBetween } from '../../core/day.js';
import { useQuery } from '../../core/query.js';
import { day, t, today } from '../../core/text.js';
import { html, useId, useState } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { Answered } from '../../ui/state.js';
import { Age } from './age.js';
import { given, PAUSE } from './filter.js';
import { zone } from '../place.js';

/**
 * @param {{ viewer: any, value: any, onValue: (unit: any) => void, error?: string, model?: string, branch?: string, name?: string }} props
 */
export function UnitPicker({ viewer, value, onValue, error, model, branch, name = 'unit' }) {
  const id = useId();
  const [text, setText] = useState('');
  const search = useSettled(text.trim(), PAUSE);
  const dealership = viewer.viewer.dealership?.id;
  const answer = useQuery('OfferUnits', { filter: given({ dealership, status: ['AVAILABLE'], model, branch, search }) });
  const now = today(zone(viewer));
  return html`
    <fieldset class=${error ? 'stock-pick is-wrong' : 'stock-pick'} aria-describedby=${error ? `${id}-error` : undefined}>
      <legend class="label">${t('stock.pick')}</legend>
      <${Field} label=${t('stock.search')} type="search" name=${`${name}-search`} value=${text} onValue=${setText} autocomplete="off" spellcheck=${false} />
      <${Answered} answer=${answer} rows=${3}>
        ${(/** @type {any} */ { bikeUnits }) => html`
          <div class="stock-picks">
            ${bikeUnits.nodes.map((/** @type {any} */ unit) => html`
              <label key=${unit.id} class="stock-choice">
                <input type="radio" name=${`${id}-${name}`} value=${unit.id} checked=${value?.id === unit.id} onChange=${() => onValue(unit)} />
                <span><strong>${unit.chassisNumber}</strong> ${unit.model.name}${unit.colour ? ` · ${unit.colour}` : ''}${viewer.viewer.branch ? '' : ` · ${unit.branch.code}`}
                <small title=${day(unit.receivedOn)}> <${Age} days=${daysBetween(unit.receivedOn, now)} /></small></span>
              </label>
            `)}
          </div>
          ${!bikeUnits.nodes.length && html`<p class="hint">${t('stock.pick.none')}</p>`}
          ${bikeUnits.totalCount > bikeUnits.nodes.length && html`<p class="hint">${t('stock.pick.more', { count: bikeUnits.totalCount - bikeUnits.nodes.length })}</p>`}
        `}
      </${Answered}>
      ${error && html`<p class="error" id=${`${id}-error`}>${error}</p>`}
    </fieldset>
  `;
}
