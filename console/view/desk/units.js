/** Choosing one of the bikes that are for sale, the oldest first. */

import { useSettled } from '../../core/settled.js';
import { daysBetween } from '../../core/day.js';
import { usePages } from '../../core/query.js';
import { day, t, today } from '../../core/text.js';
import { html, useEffect, useId, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Failed, Loading } from '../../ui/state.js';

/** From so many on there is a field to search. */
const MANY = 6;

/** Days since a bike came in. @param {string} received @param {string} now */
const age = (received, now) => Math.max(0, daysBetween(received, now));

/**
 * Radio buttons, the oldest bike chosen beforehand.
 * @param {{ model: string, branch: string, value: any, onValue: (unit: any) => void, onEnter?: () => void, error?: string, timeZone: string }} props
 */
export function Units({ model, branch, value, onValue, onEnter, error, timeZone }) {
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const filter = { model, branch, status: ['AVAILABLE'], ...(search && { search }) };
  const list = usePages('DeskUnits', { filter }, 25);
  const id = useId();
  const rows = list.rows;
  const now = today(timeZone);
  useEffect(() => {
    // One that is gone meanwhile is chosen no more.
    if (rows && !rows.some((/** @type {any} */ unit) => unit.id === value?.id)) onValue(rows[0] ?? null);
  }, [rows?.map((/** @type {any} */ unit) => unit.id).join()]);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !onEnter) return;
    event.preventDefault();
    event.stopPropagation();
    if (value) onEnter();
  };
  if (list.fault && !rows) return html`<${Failed} fault=${list.fault} again=${list.again} />`;
  const isSearched = text !== '' || (rows?.length ?? 0) >= MANY;
  return html`
    ${isSearched && html`<${Field} label=${t('desk.unit.search')} name="unitSearch" type="search" autocomplete="off" value=${text} onValue=${setText} onKeyDown=${onKey} />`}
    <fieldset class=${error ? 'units is-wrong' : 'units'} onKeyDown=${onKey} aria-describedby=${error ? `${id}-error` : undefined}>
      <legend>${t('desk.unit')}</legend>
      ${!rows
        ? html`<${Loading} rows=${2} />`
        : !rows.length
          ? html`<p class="hint" role="status">${t(search ? 'desk.unit.none_such' : 'desk.unit.none')}</p>`
          : html`<div class="unit-list">${rows.map((/** @type {any} */ unit, /** @type {number} */ n) => html`
              <label key=${unit.id} class="unit">
                <input type="radio" name="unit" value=${unit.id} checked=${unit.id === value?.id} onChange=${() => onValue(unit)} />
                <span class="unit-name"><strong>${unit.chassisNumber}</strong><small>${unit.motorNumber}</small></span>
                <span class="unit-facts"><span>${[unit.colour ?? t('desk.unit.no_colour'), unit.modelYear].filter(Boolean).join(' · ')}</span><small title=${day(unit.receivedOn)}>${t('desk.unit.age', { days: age(unit.receivedOn, now) })}${n === 0 && !search ? ` · ${t('desk.unit.oldest')}` : ''}</small></span>
              </label>`)}</div>`}
      ${list.hasMore && html`<p><${Button} kind="quiet" isBusy=${list.isAdding} onClick=${list.next}>${t('action.more')}</${Button}></p>`}
      ${error && html`<p class="error" id=${`${id}-error`}>${error}</p>`}
    </fieldset>
  `;
}
