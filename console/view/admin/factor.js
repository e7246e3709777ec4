/** The second factor: whether there is one, another, recovery codes, none. */

import { ask } from '../../core/api.js';
import { Fault } from '../../core/fault.js';
import { insist } from '../../core/session.js';
import { t, time } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { FormFault } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { Enrolment } from '../sign/enrol.js';
import { Mark } from './parts.js';

/** How long a proof of who one is counts for enrolling, with a minute to spare. */
const FRESH = 14 * 60_000;

/** @param {{ account: any, zone?: string, onDone: () => void }} props */
export function Factor({ account, zone, onDone }) {
  const [asked, setAsked] = useState(/** @type {string | null} */ (null));
  const [codes, setCodes] = useState(/** @type {string[] | null} */ (null));
  const factor = account.secondFactor;
  const close = () => setAsked(null);
  const enrol = async () => {
    const isOld = Date.now() - Date.parse(account.authenticatedAt) > FRESH;
    if (isOld && !(await insist({ kind: 'confirm', acr: factor ? 'mfa' : 'pwd' }).then(() => true, () => false))) return;
    setAsked('enrol');
  };
  const enrolled = () => {
    close();
    say(t('account.factor.enrolled'));
    onDone();
  };
  const renewed = (/** @type {any} */ data) => {
    close();
    setCodes(data.renewRecoveryCodes);
    onDone();
  };
  const removed = () => {
    close();
    say(t('account.factor.removed'));
    onDone();
  };
  return html`
    <${Panel} title=${t('account.factor')}>
      ${factor
        ? html`<p><${Mark} kind="good">${t('account.factor.on')}</${Mark}> ${t('account.factor.since', { at: time(factor.since, zone) })}</p>
            <p class=${factor.recoveryCodesLeft < 3 ? 'error' : ''}>${t('account.factor.codes_left', { count: factor.recoveryCodesLeft })}</p>`
        : html`<p><${Mark} kind="wait">${t('account.factor.off')}</${Mark}> ${t('account.factor.off.text')}</p>`}
      <div class="row-actions">
        <${Button} onClick=${enrol}>${t(factor ? 'account.factor.another' : 'account.factor.enrol')}</${Button}>
        ${factor && html`<${Button} onClick=${() => setAsked('codes')}>${t('account.factor.renew')}</${Button}>`}
        ${factor && html`<${Button} kind="danger" onClick=${() => setAsked('remove')}>${t('account.factor.remove')}</${Button}>`}
      </div>
    </${Panel}>
    ${(asked === 'enrol' || asked === 'confirmed') && html`<${Dialog} title=${t('enrol.title')} onClose=${asked === 'enrol' ? close : undefined}>
      ${asked === 'enrol' && html`<p>${t('account.factor.enrol.text')}</p>`}
      <${Enrolment} onConfirmed=${() => setAsked('confirmed')} onDone=${enrolled} />
    </${Dialog}>`}
    ${asked === 'codes' && html`<${Ask} title=${t('account.factor.renew')} text=${t('account.factor.renew.text')} operation="AccountRecoveryCodes" onDone=${renewed} onClose=${close} />`}
    ${asked === 'remove' && html`<${Ask} title=${t('account.factor.remove')} text=${t('account.factor.remove.text')} operation="AccountRemoveFactor" isDanger onDone=${removed} onClose=${close} />`}
    ${codes && html`<${Dialog} title=${t('enrol.recovery.title')}>
      <p>${t('enrol.recovery.text')}</p>
      <ul class="codes">${codes.map((one) => html`<li key=${one}><code>${one}</code></li>`)}</ul>
      <div class="form-end"><${Button} kind="primary" onClick=${() => setCodes(null)}>${t('enrol.recovery.done')}</${Button}></div>
    </${Dialog}>`}
  `;
}

/** A change without an input. @param {{ title: string, text: string, operation: 'AccountRecoveryCodes' | 'AccountRemoveFactor', isDanger?: boolean, onDone: (data: any) => void, onClose: () => void }} props */
function Ask({ title, text, operation, isDanger, onDone, onClose }) {
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    if (isBusy) return;
    setBusy(true);
    setFault(null);
    try {
      onDone(await ask(operation));
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      setBusy(false);
      if (cause.code !== 'CANCELLED') setFault(cause);
    }
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <${FormFault} fault=${fault} />
      <p>${text}</p>
      <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind=${isDanger ? 'danger' : 'primary'} isBusy=${isBusy} onClick=${go}>${title}</${Button}></div>
    </${Dialog}>
  `;
}
