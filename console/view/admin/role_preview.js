/** What a role may do, in words, before somebody is given it. */

import { useQuery } from '../../core/query.js';
import { t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Failed, Loading } from '../../ui/state.js';

/** @param {{ role: string, where?: string }} props */
export function RolePreview({ role, where }) {
  const answer = useQuery('AdminRolePermissions');
  const given = answer.data?.rolePermissions.find((/** @type {any} */ one) => one.role === role)?.permissions;
  const role_ = word('role', role);
  return html`
    <section class="preview-role" aria-live="polite">
      <h3>${where ? t('admin.preview.title', { role: role_, where }) : role_}</h3>
      <p>${t(`admin.about.${role}`)}</p>
      ${!given && (answer.fault ? html`<${Failed} fault=${answer.fault} again=${answer.again} />` : html`<${Loading} rows=${3} />`)}
      ${given && html`<p class="label">${t('admin.preview.may')}</p><ul>${given.map((/** @type {any} */ one) => html`<li key=${one.name}>${one.words}</li>`)}</ul>`}
    </section>
  `;
}
