/** The devices one is signed in on. */

import { ask } from '../../core/api.js';
import { Fault } from '../../core/fault.js';
import { t, time } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { FormFault } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { Table } from '../../ui/table.js';
import { Mark, RowActions, Sure } from './parts.js';

/** @param {{ sessions: any[], zone?: string, onDone: () => void }} props */
export function Devices({ sessions, zone, onDone }) {
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const close = () => setAsked(null);
  const done = (/** @type {string} */ text) => {
    close();
    say(text);
    onDone();
  };
  const hasOthers = sessions.some((one) => !one.isThis);
  const others = hasOthers && html`<${Button} onClick=${() => setAsked('others')}>${t('account.devices.end_others')}</${Button}>`;
  return html`
    <${Panel} title=${t('account.devices')} actions=${others}>
      <${Table} caption=${t('account.devices')} rows=${sessions} columns=${[
        { title: t('account.device'), isMain: true, cell: (/** @type {any} */ one) => html`<span title=${one.agent}>${nameOf(one.agent)}</span> ${one.isThis && html`<${Mark} kind="good">${t('account.device.this')}</${Mark}>`}` },
        { title: t('account.device.network'), cell: (/** @type {any} */ one) => one.network ?? '–' },
        { title: t('account.device.seen'), cell: (/** @type {any} */ one) => time(one.lastSeenAt, zone) },
        { title: t('account.device.since'), cell: (/** @type {any} */ one) => time(one.since, zone) },
        { title: t('account.device.ends'), cell: (/** @type {any} */ one) => time(one.endsAt, zone) },
        { title: t('admin.actions'), cell: (/** @type {any} */ one) => !one.isThis && html`<${RowActions} of=${`${nameOf(one.agent)}, ${time(one.since, zone)}`} actions=${[[t('account.device.end'), () => setAsked(one)]]} />` },
      ]} />
    </${Panel}>
    ${asked === 'others' && html`<${Others} onDone=${done} onClose=${close} />`}
    ${asked?.id && html`<${Sure} title=${t('account.device.end')} text=${t('account.device.end.text', { device: nameOf(asked.agent) })} action=${t('account.device.end')}
      operation="AccountEndSession" input=${{ session: asked.id }} onDone=${() => done(t('account.device.ended'))} onClose=${close} />`}
  `;
}

/** @param {{ onDone: (text: string) => void, onClose: () => void }} props */
function Others({ onDone, onClose }) {
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const end = () => ask('AccountEndOthers').then(({ endOtherSessions }) => onDone(t('account.devices.ended', { count: endOtherSessions })), setFault);
  return html`
    <${Dialog} title=${t('account.devices.end_others')} onClose=${onClose}>
      <${FormFault} fault=${fault} />
      <p>${t('account.devices.end_others.text')}</p>
      <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="danger" onClick=${end}>${t('account.devices.end_others')}</${Button}></div>
    </${Dialog}>
  `;
}

/** Browsers and systems by what they call themselves; those that pretend to be others stand first. @type {Array<[RegExp, string]>} */
const BROWSERS = [[/Edg/, 'Edge'], [/OPR/, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox/, 'Firefox'], [/Chrom|CriOS/, 'Chrome'], [/Safari/, 'Safari']];
/** @type {Array<[RegExp, string]>} */
const SYSTEMS = [[/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];

/** @param {string | null} agent */
function nameOf(agent) {
  if (!agent) return t('account.device.unknown');
  const [browser, system] = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(agent))?.[1]);
  return browser ? (system ? t('account.device.on', { browser, system }) : browser) : agent.slice(0, 60);
}
