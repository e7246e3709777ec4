/** What a request waits for, over what is on screen. */

import { Fault } from '../core/fault.js';
import { place } from '../core/route.js';
import { confirm, signOut } from '../core/session.js';
import { t } from '../core/text.js';
import { html, useState } from '../core/view.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Field, FormFault } from '../ui/field.js';
import { Credentials } from './sign/sign_in.js';

/** @param {{ prompt: import('../core/session.js').Prompt }} props */
export function Prompted({ prompt }) {
  if (prompt.kind === 'confirm') return html`<${Confirm} prompt=${prompt} />`;
  const leave = () => {
    prompt.cancel();
    void signOut();
  };
  return html`
    <${Dialog} title=${t('sign_in.again')}>
      <p>${t('sign_in.again.text')}</p>
      <${Credentials} onDone=${prompt.done} />
      <p><button type="button" class="link" onClick=${leave}>${t('frame.sign_out')}</button></p>
    </${Dialog}>
  `;
}

/** @param {{ prompt: import('../core/session.js').Prompt }} props */
function Confirm({ prompt }) {
  const [value, setValue] = useState('');
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const isCode = prompt.acr === 'mfa';
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setFault(null);
    confirm(isCode ? { code: value.trim() } : { password: value }, place()).then(prompt.done, setFault);
  };
  return html`
    <${Dialog} title=${t('confirm.title')} onClose=${prompt.cancel}>
      <p>${t('confirm.text')}</p>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${fault} />
        ${isCode
          ? html`<${Field} label=${t('sign_in.code')} autocomplete="one-time-code" required autofocus value=${value} onValue=${setValue} />`
          : html`<${Field} label=${t('sign_in.password')} type="password" autocomplete="current-password" required autofocus value=${value} onValue=${setValue} />`}
        <${Button} kind="primary" type="submit">${t('action.confirm')}</${Button}>
      </form>
    </${Dialog}>
  `;
}
