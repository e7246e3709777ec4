/** Enrolling a second factor, or giving a code of the one that is there. */

import { Fault } from '../../core/fault.js';
import { place } from '../../core/route.js';
import { adopt, post, session, signOut } from '../../core/session.js';
import { t } from '../../core/text.js';
import { html, useEffect, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field, FormFault } from '../../ui/field.js';
import { Loading } from '../../ui/state.js';
import { Alone } from './alone.js';

/** @param {{ onDone?: () => void }} props */
export function Enrol({ onDone }) {
  return html`
    <${Alone} title=${t('enrol.title')} lead=${t('enrol.text')}>
      <${Enrolment} onDone=${onDone} />
      <p><button type="button" class="link" onClick=${signOut}>${t('frame.sign_out')}</button></p>
    </${Alone}>
  `;
}

/**
 * The steps by themselves.
 * @param {{ onConfirmed?: () => void, onDone?: () => void }} props `onConfirmed`: the factor counts, and its codes are on screen this once
 */
export function Enrolment({ onConfirmed, onDone }) {
  const [factor, setFactor] = useState(/** @type {any} */ (null));
  const [code, setCode] = useState('');
  const [confirmed, setConfirmed] = useState(/** @type {any} */ (null));
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const by = () => ({ token: session.get()?.accessToken ?? '' });
  useEffect(() => {
    post('StartSecondFactor', {}, by()).then((data) => setFactor(data.startSecondFactor), setFault);
  }, []);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setFault(null);
    post('ConfirmSecondFactor', { input: { code: code.trim() } }, by()).then((data) => {
      setConfirmed(data.confirmSecondFactor);
      onConfirmed?.();
    }, setFault);
  };
  const kept = () => {
    adopt(confirmed.session, place());
    onDone?.();
  };
  if (confirmed) {
    return html`
      <h2>${t('enrol.recovery.title')}</h2>
      <p>${t('enrol.recovery.text')}</p>
      <ul class="codes">${confirmed.recoveryCodes.map((/** @type {string} */ one) => html`<li key=${one}><code>${one}</code></li>`)}</ul>
      <${Button} kind="primary" onClick=${kept}>${t('enrol.recovery.done')}</${Button}>
    `;
  }
  if (!factor) return fault ? html`<${FormFault} fault=${fault} />` : html`<${Loading} rows=${3} />`;
  return html`
    <img class="qr" alt=${t('enrol.alt')} src=${`data:image/svg+xml,${encodeURIComponent(factor.svg)}`} />
    <p>${t('enrol.secret')}<br /><code class="secret">${factor.secret}</code></p>
    <form class="form" onSubmit=${submit}>
      <${FormFault} fault=${fault} />
      <${Field} label=${t('enrol.code')} autocomplete="one-time-code" inputmode="numeric" required autofocus value=${code} onValue=${setCode} />
      <${Button} kind="primary" type="submit">${t('enrol.submit')}</${Button}>
    </form>
  `;
}
