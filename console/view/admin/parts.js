/** What the sections of the administration share: forms over the page, a question before what cannot be undone, rows' buttons. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { FormFault } from '../../ui/field.js';
import { Empty } from '../../ui/state.js';

/** @typedef {ReturnType<typeof useForm<any>>} Form */

/** Where several dealerships are acted in and one is needed. */
export function OneNeeded() {
  const choose = () => dispatchEvent(new CustomEvent('forecourt:switch'));
  return html`<${Empty} title=${t('admin.one.title')} text=${t('admin.one.text')}><${Button} kind="primary" onClick=${choose}>${t('admin.one.choose')}</${Button}></${Empty}>`;
}

/** What was refused at no field that is on screen. @param {{ form: Form }} props */
function Refused({ form }) {
  const other = Object.entries(form.errors).filter(([path]) => path && !(path in form.values));
  return html`
    <${FormFault} fault=${form.fault} errors=${form.errors} />
    ${other.map(([path, text]) => html`<p key=${path} class="form-fault" role="alert">${text}</p>`)}
  `;
}

/**
 * A form over the page.
 * @param {{ title: string, form: Form, action?: string, kind?: string, isWide?: boolean, onSubmit: () => void, onClose: () => void, children?: any }} props
 */
export function FormDialog({ title, form, action = t('action.save'), kind = 'primary', isWide, onSubmit, onClose, children }) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onSubmit();
  };
  return html`
    <${Dialog} title=${title} isWide=${isWide} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${Refused} form=${form} />
        ${children}
        <div class="form-end">
          <${Button} onClick=${onClose}>${t('action.cancel')}</${Button}>
          <${Button} kind=${kind} type="submit" isBusy=${form.isBusy}>${action}</${Button}>
        </div>
      </form>
    </${Dialog}>
  `;
}

/**
 * Asks once, says what will happen, and does it.
 * @param {{ title: string, text: string, action: string, kind?: string, operation: keyof import('../../types/operations.js').Operations, input: object, onDone: (payload: any) => void, onClose: () => void }} props
 */
export function Sure({ title, text, action, kind = 'danger', operation, input, onDone, onClose }) {
  const form = useForm(/** @type {Record<string, any>} */ ({}));
  const submit = async () => {
    const payload = await form.send(operation, input);
    if (payload) onDone(payload);
  };
  return html`<${FormDialog} title=${title} form=${form} action=${action} kind=${kind} onSubmit=${submit} onClose=${onClose}><p>${text}</p></${FormDialog}>`;
}

/**
 * The buttons of a row, each with the row's name for those who hear it.
 * @param {{ of: string, actions: Array<[string, () => void] | false | null | undefined> }} props
 */
export function RowActions({ of, actions }) {
  if (!actions.some(Boolean)) return null;
  return html`<div class="row-actions">${actions.map((one) => one && html`<${Button} key=${one[0]} kind="quiet" aria-label=${`${one[0]}: ${of}`} onClick=${one[1]}>${one[0]}</${Button}>`)}</div>`;
}

/** A small mark beside a name. @param {{ kind?: string, children?: any }} props */
export const Mark = ({ kind = 'off', children }) => html`<span class=${`mark is-${kind}`}>${children}</span>`;

/** Where the days of a form begin. @param {{ viewer: any }} props */
export const Zone = ({ viewer }) => html`<p class="hint">${t('admin.zone', { zone: viewer.viewer.dealership?.timeZone ?? '' })}</p>`;
