/** Choosing a password by the link of a letter. The secret stands behind `#`, which is sent to no server. */

import { Fault } from '../../core/fault.js';
import { go } from '../../core/route.js';
import { post } from '../../core/session.js';
import { t } from '../../core/text.js';
import { html, useMemo, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field, FormFault } from '../../ui/field.js';
import { Alone } from './alone.js';

export function Password() {
  const token = useMemo(() => new URLSearchParams(location.hash.slice(1)).get('token'), []);
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setFault(null);
    post('ChoosePassword', { input: { token, password } }).then(() => setDone(true), setFault);
  };
  if (!token) return html`<${Alone} title=${t('password.title')} lead=${t('password.no_token')} />`;
  if (isDone) {
    return html`<${Alone} title=${t('password.title')} lead=${t('password.done')}><${Button} kind="primary" onClick=${() => go('/sign-in')}>${t('sign_in.title')}</${Button}></${Alone}>`;
  }
  return html`
    <${Alone} title=${t('password.title')}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${fault} />
        <${Field} label=${t('password.new')} hint=${t('password.hint')} type="password" autocomplete="new-password" required autofocus value=${password} onValue=${setPassword} />
        <${Button} kind="primary" type="submit">${t('password.submit')}</${Button}>
      </form>
    </${Alone}>
  `;
}
