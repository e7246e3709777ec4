/** Why a change was not made, where no field is to blame. */

import { t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { FormFault } from '../../ui/field.js';

/**
 * What is wrong with the whole, with the states that it could take, and with parts that have no field on screen.
 * @param {{ form: any, fields?: string[] }} props `fields`: those on screen, which show their errors themselves
 */
export function Refused({ form, fields = [] }) {
  const shown = form.refusals ?? [];
  const isHere = (/** @type {string} */ path) => fields.some((field) => path === field || path.startsWith(`${field}.`));
  const rest = Object.entries(form.errors).filter(([path]) => path && !isHere(path));
  return html`
    <${FormFault} fault=${form.fault} errors=${form.errors} />
    ${rest.map(([path, message]) => {
      const allowed = shown.find((/** @type {any} */ one) => one.message === message)?.allowed ?? [];
      return html`<p key=${path} class="form-fault" role="alert">${message} ${allowed.length > 0 && t('desk.allowed', { states: allowed.map((/** @type {string} */ state) => word('status', state)).join(', ') })}</p>`;
    })}
  `;
}
