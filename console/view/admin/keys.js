/** The keys by which leasing companies' programs ask about the bills that they finance. */

import { usePages } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { t, time } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Check } from '../../ui/field.js';
import { Panel, State } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { KeyForm, RevokeForm, RotateForm } from './key_forms.js';
import { RowActions } from './parts.js';
import { Secret } from './secret.js';

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function Keys({ viewer, query }) {
  const [asked, setAsked] = useState(/** @type {{ what: string, key?: any } | null} */ (null));
  const [issued, setIssued] = useState(/** @type {any} */ (null));
  const hasRevoked = query.get('revoked') === 'yes';
  const list = usePages('AdminPartnerKeys', { filter: hasRevoked ? {} : { revoked: false } });
  const zone = viewer.viewer.dealership.timeZone;
  const close = () => setAsked(null);
  const made = (/** @type {any} */ payload) => {
    close();
    setIssued(payload);
    list.again();
  };
  const revoked = () => {
    close();
    say(t('admin.key.revoked'));
    list.again();
  };
  const actions = (/** @type {any} */ key) => [
    key.state === 'LIVE' && [t('admin.key.rotate'), () => setAsked({ what: 'rotate', key })],
    (key.state === 'LIVE' || key.state === 'ROTATED') && [t('admin.key.revoke'), () => setAsked({ what: 'revoke', key })],
  ];
  const create = html`<${Button} kind="primary" icon="plus" onClick=${() => setAsked({ what: 'create' })}>${t('admin.key.create')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.tab.keys')} actions=${create}>
      <p class="hint">${t('admin.key.text')}</p>
      <${Check} label=${t('admin.key.revoked.show')} value=${hasRevoked} onValue=${(/** @type {boolean} */ value) => setQuery({ revoked: value ? 'yes' : null })} />
      <${List} list=${list} caption=${t('admin.tab.keys')} empty=${t('admin.key.none')} columns=${[
        { title: t('admin.name'), isMain: true, cell: (/** @type {any} */ one) => html`${one.name}<br /><small>${one.financeCompany.name}</small>` },
        { title: t('admin.key'), cell: (/** @type {any} */ one) => html`<code>${one.keyId}…${one.lastFour}</code>` },
        { title: t('admin.state'), cell: (/** @type {any} */ one) => html`<${State} of=${one.state} area="admin.key_state" />${one.revokedReason && html`<br /><small>${one.revokedReason}</small>`}${one.successor && html`<br /><small>${t('admin.key.successor', one.successor)}</small>`}` },
        { title: t('admin.key.limits'), cell: (/** @type {any} */ one) => html`<${Limits} of=${one} />` },
        { title: t('admin.key.used'), cell: (/** @type {any} */ one) => one.lastUsedAt ? html`${time(one.lastUsedAt, zone)}<br /><small>${one.lastUsedNetwork}</small>` : t('admin.key.never') },
        { title: t('admin.key.expires'), cell: (/** @type {any} */ one) => time(one.expiresAt, zone) },
        { title: t('admin.actions'), cell: (/** @type {any} */ one) => html`<${RowActions} of=${one.name} actions=${actions(one)} />` },
      ]} />
    </${Panel}>
    ${asked?.what === 'create' && html`<${KeyForm} viewer=${viewer} onDone=${made} onClose=${close} />`}
    ${asked?.what === 'rotate' && html`<${RotateForm} of=${asked.key} onDone=${made} onClose=${close} />`}
    ${asked?.what === 'revoke' && html`<${RevokeForm} of=${asked.key} onDone=${revoked} onClose=${close} />`}
    ${issued && html`<${Secret} issued=${issued} onClose=${() => setIssued(null)} />`}
  `;
}

/** @param {{ of: any }} props */
const Limits = ({ of }) => html`
  <small>${of.branches ? of.branches.map((/** @type {any} */ one) => one.code).join(', ') || '–' : t('frame.all_branches')}<br />
  ${of.networks.length ? of.networks.join(', ') : t('admin.key.anywhere')}</small>
`;
