/** A field that is typed into and chosen from (WAI-ARIA combobox with a listbox). */

import { t } from '../../core/text.js';
import { html, useEffect, useId, useRef, useState } from '../../core/view.js';

/**
 * @typedef {object} Option
 * @property {string} id
 * @property {any} value what is handed on when it is chosen
 * @property {string} text
 * @property {string} [hint] beside the text
 * @property {boolean} [isApart] not one of those found, e.g. "somebody new"
 */

/**
 * The options are those that fit the text: whoever uses it filters.
 * @param {{ label: string, name: string, text: string, onText: (text: string) => void, options: Option[], onChoose: (value: any) => void, error?: string, hint?: string, none?: string, isLoading?: boolean, required?: boolean, isFirst?: boolean }} props
 * `isFirst`: the cursor is here when the view opens
 */
export function Combobox({ label, name, text, onText, options, onChoose, error, hint, none, isLoading = false, required, isFirst = false }) {
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useId();
  const active = Math.min(at, options.length - 1);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, []);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active, isOpen]);
  const choose = (/** @type {Option} */ option) => {
    setOpen(false);
    setAt(0);
    onChoose(option.value);
  };
  const open = () => {
    setOpen(true);
    setAt(0);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && !isOpen) open();
    else if (move && options.length) setAt((active + move + options.length) % options.length);
    // Behind the Enter of a slow list stands whatever comes first then: it waits.
    else if (event.key === 'Enter' && isOpen && options[active] && !isLoading) choose(options[active]);
    else if (event.key === 'Enter' && isOpen) setOpen(true);
    else if (event.key === 'Escape' && isOpen) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const isShown = isOpen && (options.length > 0 || Boolean(none));
  return html`
    <div class=${error ? 'field combobox is-wrong' : 'field combobox'}>
      <label for=${id}>${label}${required && html`<span class="required" aria-hidden="true"> *</span>`}</label>
      <input id=${id} ref=${input} type="text" name=${name} role="combobox" aria-autocomplete="list" aria-expanded=${isOpen && options.length > 0} aria-controls=${`${id}-list`}
        aria-activedescendant=${isOpen && options.length ? `${id}-${active}` : undefined} aria-describedby=${described} aria-invalid=${error ? 'true' : undefined} aria-required=${required ? 'true' : undefined}
        autocomplete="off" spellcheck=${false} value=${text} onKeyDown=${onKey} onClick=${open} onBlur=${() => setOpen(false)}
        onInput=${(/** @type {any} */ event) => (onText(event.target.value), open())} />
      <div class="combobox-list" hidden=${!isShown} onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}>
        <ul role="listbox" id=${`${id}-list`} aria-label=${label} ref=${list}>
          ${isOpen && options.map((option, n) => html`
            <li key=${option.id} id=${`${id}-${n}`} role="option" aria-selected=${n === active} class=${option.isApart ? 'is-apart' : ''} onClick=${() => choose(option)}>
              <span>${option.text}</span>${option.hint && html`<small>${option.hint}</small>`}
            </li>`)}
        </ul>
        ${!options.length && html`<p class="hint">${isLoading ? t('state.loading') : none}</p>`}
      </div>
      <p class="unseen" role="status">${isOpen && !isLoading ? t('desk.options', { count: options.length }) : ''}</p>
      ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
      ${error && html`<p class="error" id=${`${id}-error`}>${error}</p>`}
    </div>
  `;
}

/**
 * Whether every word typed begins a word of the text.
 * @param {string} text
 * @param {string} typed
 */
export function fits(text, typed) {
  const words = text.toLowerCase().split(/[\s\-/]+/);
  const whole = text.toLowerCase();
  return typed.toLowerCase().split(/\s+/).filter(Boolean).every((part) => whole.startsWith(part) || words.some((word) => word.startsWith(part)));
}
