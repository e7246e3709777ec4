/** A change of something that is there: a dialog with one form. */

import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { Refused } from './refused.js';

/**
 * @param {{ title: string, lead?: any, form: any, fields?: string[], submit: string, isDanger?: boolean, isWide?: boolean, onSend: () => Promise<any>, done: string, onDone: (payload: any) => void, onClose: () => void, children?: any }} props
 * `fields`: paths of the input that stand on screen; `onSend` gives the payload, or null where it was refused
 */
export function Act({ title, lead, form, fields, submit, isDanger = false, isWide = false, onSend, done, onDone, onClose, children }) {
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const payload = await onSend();
    if (!payload) return;
    say(done);
    onDone(payload);
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose} isWide=${isWide}>
      <form class="form" onSubmit=${send} noValidate=${false}>
        ${lead && html`<p>${lead}</p>`}
        <${Refused} form=${form} fields=${fields} />
        ${children}
        <div class="form-end">
          <${Button} onClick=${onClose}>${t('action.cancel')}</${Button}>
          <${Button} kind=${isDanger ? 'danger' : 'primary'} type="submit" isBusy=${form.isBusy}>${submit}</${Button}>
        </div>
      </form>
    </${Dialog}>
  `;
}
