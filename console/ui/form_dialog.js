/** A form over the page. */

import { t } from '../core/text.js';
import { html } from '../core/view.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { Refused } from './refused.js';

/**
 * @param {{ title: string, lead?: any, form: any, fields?: string[], action?: string, kind?: string, isWide?: boolean, onSubmit: () => void, onClose: () => void, children?: any }} props `fields`: as Refused takes them
 */
export function FormDialog({ title, lead, form, fields, action = t('action.save'), kind = 'primary', isWide, onSubmit, onClose, children }) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onSubmit();
  };
  return html`
    <${Dialog} title=${title} isWide=${isWide} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        ${lead && html`<p>${lead}</p>`}
        <${Refused} form=${form} fields=${fields} />
        ${children}
        <div class="form-end">
          <${Button} onClick=${onClose}>${t('action.cancel')}</${Button}>
          <${Button} kind=${kind} type="submit" isBusy=${form.isBusy}>${action}</${Button}>
        </div>
      </form>
    </${Dialog}>
  `;
}
