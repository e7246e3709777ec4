/** A change of something that is there: a dialog with one form. */

import { html } from '../../core/view.js';
import { say } from '../../ui/dialog.js';
import { FormDialog } from '../../ui/form_dialog.js';

/**
 * @param {{ title: string, lead?: any, form: any, fields?: string[], submit: string, isDanger?: boolean, isWide?: boolean, onSend: () => Promise<any>, done: string, onDone: (payload: any) => void, onClose: () => void, children?: any }} props
 * `fields`: paths of the input that stand on screen; `onSend` gives the payload, or null where it was refused
 */
export function Act({ submit, isDanger = false, onSend, done, onDone, children, ...rest }) {
  const send = async () => {
    const payload = await onSend();
    if (!payload) return;
    say(done);
    onDone(payload);
  };
  return html`<${FormDialog} ...${rest} action=${submit} kind=${isDanger ? 'danger' : 'primary'} onSubmit=${send}>${children}</${FormDialog}>`;
}
