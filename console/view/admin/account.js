/** One's own account: who one is, devices, second factor, password, language. */

import { useQuery } from '../../core/query.js';
import { useSignal } from '../../core/signal.js';
import { LANGUAGES, language, speak, t, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { Facts, Page, Panel } from '../../ui/page.js';
import { Answered } from '../../ui/state.js';
import { turn } from '../theme.js';
import { Devices } from './devices.js';
import { Factor } from './factor.js';
import { Password } from './password.js';

/** @param {{ viewer: any }} props */
export function View({ viewer }) {
  const answer = useQuery('Account');
  const { name, email, role, dealership, branch } = viewer.viewer;
  const where = [dealership?.name ?? t('frame.all'), branch ? `${branch.code} · ${branch.name}` : dealership && t('frame.all_branches')].filter(Boolean).join(', ');
  return html`
    <${Page} title=${t('nav.account')}>
      <${Panel} title=${name}>
        <${Facts} items=${[[t('sign_in.email'), email], [t('admin.role'), word('role', role)], [t('account.where'), where]]} />
      </${Panel}>
      <${Answered} answer=${answer}>
        ${(/** @type {any} */ data) => html`
          <${Devices} sessions=${data.account.sessions} zone=${dealership?.timeZone} onDone=${answer.again} />
          <div class="account-pair">
            <${Factor} account=${data.account} zone=${dealership?.timeZone} onDone=${answer.again} />
            <${Password} email=${email} onDone=${answer.again} />
          </div>
        `}
      </${Answered}>
      <${Preferences} />
    </${Page}>
  `;
}

function Preferences() {
  const spoken = useSignal(language);
  const [, draw] = useState({});
  const chosen = document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const paint = (/** @type {string} */ theme) => {
    if (theme !== chosen) turn();
    draw({});
  };
  return html`
    <${Panel} title=${t('account.screen')}>
      <div class="form-row narrowing">
        <${Field} label=${t('frame.language')} value=${spoken} onValue=${speak} options=${Object.entries(LANGUAGES).map(([value, text]) => ({ value, text }))} />
        <${Field} label=${t('account.theme')} value=${chosen} onValue=${paint} options=${['light', 'dark'].map((value) => ({ value, text: t(`account.theme.${value}`) }))} />
      </div>
      <p class="hint">${t('account.screen.hint')}</p>
    </${Panel}>
  `;
}
