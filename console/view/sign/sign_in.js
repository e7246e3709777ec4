/** Signing in: address and password, and a code where there is a second factor. */

import { Fault } from '../../core/fault.js';
import { place } from '../../core/route.js';
import { post, signIn } from '../../core/session.js';
import { t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field, FormFault } from '../../ui/field.js';
import { Alone } from './alone.js';

export function SignIn() {
  const [isForgotten, setForgotten] = useState(false);
  if (isForgotten) return html`<${Forgotten} onBack=${() => setForgotten(false)} />`;
  return html`<${Alone} title=${t('sign_in.title')}><${Credentials} /><p><button type="button" class="link" onClick=${() => setForgotten(true)}>${t('sign_in.forgotten')}</button></p></${Alone}>`;
}

/** The form by itself: over a page as well, when a session has ended. @param {{ onDone?: () => void }} props */
export function Credentials({ onDone }) {
  const [values, setValues] = useState({ email: '', password: '', code: '' });
  const [needsCode, setNeedsCode] = useState(false);
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  const set = (/** @type {Partial<typeof values>} */ changes) => setValues((old) => ({ ...old, ...changes }));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFault(null);
    try {
      const { email, password, code } = values;
      await signIn({ email, password, ...(code && { code }) }, place());
      onDone?.();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      if (cause.code === 'SECOND_FACTOR_REQUIRED' && !needsCode) setNeedsCode(true);
      else setFault(cause);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <form class="form" onSubmit=${submit}>
      <${FormFault} fault=${fault} />
      <${Field} label=${t('sign_in.email')} type="email" name="email" autocomplete="username" required autofocus value=${values.email} onValue=${(/** @type {string} */ email) => set({ email })} />
      <${Field} label=${t('sign_in.password')} type="password" name="password" autocomplete="current-password" required value=${values.password} onValue=${(/** @type {string} */ password) => set({ password })} />
      ${needsCode && html`<${Field} label=${t('sign_in.code')} name="code" autocomplete="one-time-code" inputmode="text" required autofocus value=${values.code} onValue=${(/** @type {string} */ code) => set({ code })} />`}
      <${Button} kind="primary" type="submit" isBusy=${isBusy}>${t('sign_in.submit')}</${Button}>
    </form>
  `;
}

/** @param {{ onBack: () => void }} props */
function Forgotten({ onBack }) {
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    post('RequestPasswordReset', { input: { email } }).then(() => setSent(true), setFault);
  };
  return html`
    <${Alone} title=${t('reset.title')} lead=${isSent ? t('reset.sent') : t('reset.text')}>
      ${!isSent && html`<form class="form" onSubmit=${submit}>
        <${FormFault} fault=${fault} />
        <${Field} label=${t('sign_in.email')} type="email" autocomplete="username" required autofocus value=${email} onValue=${setEmail} />
        <${Button} kind="primary" type="submit">${t('reset.submit')}</${Button}>
      </form>`}
      <p><button type="button" class="link" onClick=${onBack}>${t('action.back')}</button></p>
    </${Alone}>
  `;
}
