/** Fields of forms: a label above, a hint and an error below, tied together for those who hear the page. */

import { t } from '../core/text.js';
import { html, useEffect, useId, useRef } from '../core/view.js';

/**
 * @typedef {object} FieldProps
 * @property {string} label
 * @property {string} [name]
 * @property {any} value
 * @property {(value: any) => void} onValue
 * @property {string} [error]
 * @property {string} [hint]
 * @property {string} [type] of the input: text, email, password, number, date, tel
 * @property {boolean} [required]
 * @property {boolean} [disabled]
 * @property {boolean} [autofocus]
 * @property {string} [autocomplete]
 * @property {string} [inputmode]
 * @property {number} [rows] of a text of several lines
 * @property {Array<{ value: string, text: string, disabled?: boolean }>} [options] to choose one of
 * @property {string} [empty] text of "none chosen"; without it one must be chosen
 */

/** @param {FieldProps & Record<string, any>} props */
export function Field({ label, value, onValue, error, hint, options, empty, rows, required, autofocus, ...rest }) {
  const id = useId();
  const input = useRef(/** @type {HTMLElement | null} */ (null));
  // Browsers heed the attribute while a page is loaded and when a dialog opens; this field may come later.
  useEffect(() => {
    if (autofocus) input.current?.focus();
  }, []);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const shared = {
    ...rest,
    id,
    ref: input,
    required,
    autofocus,
    'aria-describedby': described,
    'aria-invalid': error ? 'true' : undefined,
    value: value ?? '',
    onInput: (/** @type {any} */ event) => onValue(event.target.value),
  };
  return html`
    <div class=${error ? 'field is-wrong' : 'field'}>
      <label for=${id}>${label}${required && html`<span class="required" aria-hidden="true"> *</span>`}</label>
      ${options
        ? html`<select ...${shared}>
            ${empty !== undefined && html`<option value="">${empty}</option>`}
            ${options.map((one) => html`<option key=${one.value} value=${one.value} disabled=${one.disabled} selected=${one.value === value}>${one.text}</option>`)}
          </select>`
        : rows
          ? html`<textarea ...${shared} rows=${rows}></textarea>`
          : html`<input type="text" ...${shared} />`}
      ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
      ${error && html`<p class="error" id=${`${id}-error`}>${error}</p>`}
    </div>
  `;
}

/** @param {{ label: string, value: boolean, onValue: (value: boolean) => void, hint?: string, disabled?: boolean }} props */
export function Check({ label, value, onValue, hint, ...rest }) {
  const id = useId();
  return html`
    <div class="check">
      <input type="checkbox" ...${rest} id=${id} checked=${value} onChange=${(/** @type {any} */ event) => onValue(event.target.checked)} />
      <label for=${id}>${label}${hint && html`<span class="hint">${hint}</span>`}</label>
    </div>
  `;
}

/** Why a form was not sent. @param {{ fault: import('../core/fault.js').Fault | null, errors?: Record<string, string> }} props */
export function FormFault({ fault, errors = {} }) {
  const whole = errors[''];
  if (!fault && !whole) return null;
  const text = whole ?? (fault?.isOffline ? t('state.offline.text') : fault?.message);
  return html`<p class="form-fault" role="alert">${text}${fault?.more.traceId && html` <small>${fault.more.traceId}</small>`}</p>`;
}
