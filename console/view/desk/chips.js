/** Filters of lists: chips of which one holds, and a search box that asks when typing has ended. */

import { useSettled } from '../../core/settled.js';
import { setQuery } from '../../core/route.js';
import { html, useEffect, useId, useState } from '../../core/view.js';

/** @param {{ label: string, name: string, value: string, options: Array<{ value: string, text: string }>, onValue?: (value: string) => void }} props kept in the address under `name` */
export const Chips = ({ label, name, value, options, onValue = (chosen) => setQuery({ [name]: chosen }) }) => html`
  <div class="chips" role="group" aria-label=${label}>
    ${options.map((one) => html`<button key=${one.value} type="button" class="chip" aria-pressed=${one.value === value} data-filter=${`${name}:${one.value}`} onClick=${() => onValue(one.value)}>${one.text}</button>`)}
  </div>`;

/** @param {{ label: string, name: string, value: string }} props kept in the address under `name` */
export function SearchBox({ label, name, value }) {
  const [text, setText] = useState(value);
  const settled = useSettled(text.trim(), 250);
  const id = useId();
  useEffect(() => {
    if (settled !== value) setQuery({ [name]: settled });
  }, [settled]);
  return html`<div class="search"><label class="unseen" for=${id}>${label}</label><input id=${id} type="search" name=${name} placeholder=${label} autocomplete="off" spellcheck=${false} value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /></div>`;
}
