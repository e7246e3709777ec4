/** Choosing where to act: what one may, by typing and arrows. What one may not is not there. */

import { address } from '../../core/place.js';
import { useQuery } from '../../core/query.js';
import { go, place as here } from '../../core/route.js';
import { useLast } from '../../core/settled.js';
import { t, word } from '../../core/text.js';
import { html, useEffect, useId, useRef, useState } from '../../core/view.js';
import { Dialog } from '../../ui/dialog.js';
import { Answered } from '../../ui/state.js';

/** @param {{ onClose: () => void }} props */
export function Switcher({ onClose }) {
  const [search, setSearch] = useState('');
  const answer = useQuery('Places', { search: search.trim() || null });
  // While another search is under way, the list and the typing stay.
  const data = useLast(answer.data);
  return html`
    <${Dialog} title=${t('switcher.title')} onClose=${onClose}>
      <${Answered} answer=${{ ...answer, data }} rows=${5}>
        ${(/** @type {any} */ data) => html`<${Choice} places=${data.account.places.nodes} hasMore=${data.account.places.hasMore} isFresh=${Boolean(answer.data)} search=${search} onSearch=${setSearch} onClose=${onClose} />`}
      </${Answered}>
    </${Dialog}>
  `;
}

/** A combobox over a list that is always open (WAI-ARIA). @param {{ places: any[], hasMore: boolean, isFresh: boolean, search: string, onSearch: (text: string) => void, onClose: () => void }} props */
function Choice({ places, hasMore, isFresh, search, onSearch, onClose }) {
  const [at, setAt] = useState(0);
  const [isWanted, setWanted] = useState(false);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const id = useId();
  const chosen = Math.min(at, places.length - 1);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' }), [chosen]);
  const take = (/** @type {any} */ one) => {
    onClose();
    go(address(placeOf(one)));
  };
  // Enter means what was typed: it waits for the places that are called so.
  useEffect(() => {
    if (!isWanted || !isFresh) return;
    setWanted(false);
    if (places[chosen]) take(places[chosen]);
  }, [isWanted, isFresh]);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) setAt((chosen + move + places.length) % places.length);
    else if (event.key === 'Enter') setWanted(true);
    else return;
    event.preventDefault();
  };
  return html`
    <div class="switcher">
      <label for=${id}>${t('switcher.search')}</label>
      <input id=${id} ref=${input} role="combobox" aria-expanded="true" aria-controls=${`${id}-list`} aria-activedescendant=${places.length ? `${id}-${chosen}` : undefined} autocomplete="off" spellcheck=${false}
        value=${search} onKeyDown=${onKey} onInput=${(/** @type {any} */ event) => (onSearch(event.target.value), setAt(0), setWanted(false))} />
      ${!places.length && html`<p class="hint" role="status">${t('switcher.none')}</p>`}
      <ul role="listbox" id=${`${id}-list`} aria-label=${t('switcher.title')} ref=${list}>
        ${places.map((one, n) => html`<${Option} key=${n} id=${`${id}-${n}`} one=${one} isChosen=${n === chosen} onTake=${() => take(one)} />`)}
      </ul>
      ${hasMore && html`<p class="hint">${t('switcher.more')}</p>`}
    </div>
  `;
}

/** @param {{ id: string, one: any, isChosen: boolean, onTake: () => void }} props */
function Option({ id, one, isChosen, onTake }) {
  const place = placeOf(one);
  const present = here();
  const isHere = place.dealership === present.dealership && place.branch === present.branch;
  const name = place.dealership ? one.dealershipName : t('frame.all');
  const spot = place.branch ? `${place.branch} · ${one.branchName}` : place.dealership ? t('frame.all_branches') : '';
  return html`
    <li id=${id} role="option" aria-selected=${isChosen} class=${isHere ? 'is-here' : ''} onClick=${onTake}>
      <span class="swatch" style=${{ background: one.primaryColor ?? 'transparent' }} aria-hidden="true"></span>
      <span class="name"><strong>${name}</strong>${spot && html`<span>${spot}</span>`}</span>
      <small>${word('role', one.role)}</small>
    </li>
  `;
}

/** @param {any} one @returns {import('../../core/place.js').Place} */
const placeOf = (one) => ({ dealership: one.dealershipCode ?? null, branch: one.branchCode ?? null });
