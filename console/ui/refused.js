/** Why a change was not made, where no field is to blame. */

import { t, word } from '../core/text.js';
import { html } from '../core/view.js';
import { FormFault } from './field.js';

/**
 * What is wrong with the whole, with the states that it could take, and with parts that have no field on screen.
 * @param {{ form: any, fields?: string[] }} props `fields`: those on screen, with all that is in them, which show their errors
 * themselves; without it, those that the form has values of
 */
export function Refused({ form, fields }) {
  const shown = form.refusals ?? [];
  const isHere = (/** @type {string} */ path) => (fields ? fields.some((field) => path === field || path.startsWith(`${field}.`)) : path in form.values);
  const rest = Object.entries(form.errors).filter(([path]) => path && !isHere(path));
  return html`
    <${FormFault} fault=${form.fault} errors=${form.errors} />
    ${rest.map(([path, message]) => {
      const allowed = shown.find((/** @type {any} */ one) => one.message === message)?.allowed ?? [];
      return html`<p key=${path} class="form-fault" role="alert">${message} ${allowed.length > 0 && t('form.allowed', { states: allowed.map((/** @type {string} */ state) => word('status', state)).join(', ') })}</p>`;
    })}
  `;
}
