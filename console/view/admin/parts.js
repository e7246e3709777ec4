/** What the sections of the administration share: a question before what cannot be undone, rows' buttons. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { FormDialog } from '../../ui/form_dialog.js';

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

/** Whether something dated holds, will, or did. @param {{ of: 'present' | 'coming' | 'past' }} props */
export const When = ({ of }) => html`<${Mark} kind=${of === 'present' ? 'good' : of === 'coming' ? 'info' : 'off'}>${t(`admin.when.${of}`)}</${Mark}>`;

/** Where the days of a form begin. @param {{ viewer: any }} props */
export const Zone = ({ viewer }) => html`<p class="hint">${t('admin.zone', { zone: viewer.viewer.dealership?.timeZone ?? '' })}</p>`;
