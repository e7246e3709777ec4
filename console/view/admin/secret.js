/** The text of a key, which is shown once. */

import { t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';

/** @param {{ issued: { secret: string | null, partnerKey: any }, onClose: () => void }} props */
export function Secret({ issued, onClose }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(issued.secret ?? '').then(() => setCopied(true), () => setCopied(false));
  return html`
    <${Dialog} title=${t('admin.secret.title', issued.partnerKey)}>
      ${issued.secret
        ? html`
            <p class="warning"><${Icon} name="alert" /> ${t('admin.secret.text')}</p>
            <p><code class="secret">${issued.secret}</code></p>
            <div class="form-end">
              <span role="status">${isCopied && t('admin.secret.copied')}</span>
              <${Button} onClick=${copy}>${t('admin.secret.copy')}</${Button}>
              <${Button} kind="primary" onClick=${onClose}>${t('admin.secret.done')}</${Button}>
            </div>`
        : html`
            <p>${t('admin.secret.gone')}</p>
            <div class="form-end"><${Button} kind="primary" onClick=${onClose}>${t('action.close')}</${Button}></div>`}
    </${Dialog}>
  `;
}
