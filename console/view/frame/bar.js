/** The bar at the top: whose workplace this is, in its colour; finding; the account. */

import { address } from '../../core/place.js';
import { go, to } from '../../core/route.js';
import { signOut } from '../../core/session.js';
import { useSignal } from '../../core/signal.js';
import { LANGUAGES, language, speak, t, word } from '../../core/text.js';
import { html, useEffect, useState } from '../../core/view.js';
import { Icon } from '../../ui/icon.js';
import { turn } from '../theme.js';
import { Menu } from './menu.js';

/** @param {{ place: import('../../core/place.js').Place, viewer: any, onSwitch: () => void }} props */
export function Bar({ place, viewer, onSwitch }) {
  const person = viewer?.viewer;
  const dealership = person?.dealership;
  const branch = person?.branch;
  const where = dealership ? (viewer.branding?.dealerName ?? dealership.name) : t('frame.all');
  const spot = branch ? `${branch.code} · ${branch.name}` : dealership ? t('frame.all_branches') : '';
  return html`
    <header class="bar">
      <button type="button" class="place" onClick=${onSwitch} aria-haspopup="dialog" title=${`${t('frame.switch')} (Alt+K)`}>
        ${viewer?.branding?.logo && html`<img class="logo" src=${viewer.branding.logo} alt="" />`}
        <span class="where"><strong>${person ? where : place.dealership ?? t('frame.all')}</strong><span class="spot">${person ? spot : place.branch ?? (place.dealership && t('frame.all_branches'))}</span></span>
        <${Icon} name="down" /><span class="unseen">${t('frame.switch')}</span>
      </button>
      <${Find} />
      <${Connection} />
      ${person ? html`<${Account} person=${person} />` : html`<div class="menu-button"><span class="who"></span><${Icon} name="down" /></div>`}
    </header>
  `;
}

function Find() {
  const [text, setText] = useState('');
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim()) go(to('find', { q: text.trim() }));
  };
  return html`
    <form role="search" class="find" onSubmit=${submit}>
      <label class="unseen" for="find">${t('frame.search')}</label>
      <${Icon} name="search" />
      <input id="find" type="search" placeholder=${t('frame.search')} value=${text} autocomplete="off" spellcheck=${false} onInput=${(/** @type {any} */ event) => setText(event.target.value)} />
    </form>
  `;
}

/** Says so while there is no network. */
function Connection() {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return !isOnline && html`<p class="offline" role="status">${t('frame.offline')}</p>`;
}

/** @param {{ person: any }} props */
function Account({ person }) {
  const spoken = useSignal(language);
  const choose = (/** @type {any} */ event) => void speak(event.target.value);
  const leave = async () => {
    await signOut();
    go(address({ dealership: null, branch: null }));
  };
  return html`
    <${Menu} label=${t('frame.account')} button=${html`<span class="who"><span>${person.name}</span><small>${word('role', person.role)}</small></span><${Icon} name="down" />`}>
      <p class="who-full"><strong>${person.name}</strong><br />${person.email}<br />${word('role', person.role)}</p>
      <a href=${to('account')}>${t('frame.account')}</a>
      <button type="button" onClick=${turn}>${t('frame.theme')}</button>
      <label class="language">${t('frame.language')}
        <select value=${spoken} onChange=${choose}>${Object.entries(LANGUAGES).map(([tag, name]) => html`<option key=${tag} value=${tag} lang=${tag} selected=${tag === spoken}>${name}</option>`)}</select>
      </label>
      <button type="button" onClick=${leave}>${t('frame.sign_out')}</button>
    </${Menu}>
  `;
}
