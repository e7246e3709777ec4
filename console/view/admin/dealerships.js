/** Dealerships: all of them where several are acted in, else the settings of the one. */

import { can } from '../../core/may.js';
import { address } from '../../core/place.js';
import { usePages } from '../../core/query.js';
import { t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Panel } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { OpenDealership } from './open_dealership.js';
import { Settings } from './settings.js';

/** @param {{ viewer: any }} props */
export function Dealerships({ viewer }) {
  const isOne = Boolean(viewer.viewer.dealership);
  return isOne ? html`<${Settings} viewer=${viewer} />` : html`<${All} viewer=${viewer} />`;
}

/** @param {{ viewer: any }} props */
function All({ viewer }) {
  const [isOpening, setOpening] = useState(false);
  const list = usePages('AdminDealerships', {});
  const opened = (/** @type {any} */ dealership) => {
    setOpening(false);
    say(t('admin.dealership.opened', { name: dealership.name }));
    list.again();
  };
  const open = can(viewer, 'OPEN_DEALERSHIPS') && html`<${Button} kind="primary" icon="plus" onClick=${() => setOpening(true)}>${t('admin.dealership.open')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.dealership.all')} actions=${open}>
      <p class="hint">${t('admin.dealership.all.hint')}</p>
      <${List} list=${list} caption=${t('admin.dealership.all')} empty=${t('admin.dealership.none')} columns=${[
        { title: t('admin.name'), isMain: true, cell: (/** @type {any} */ one) => html`<a href=${address({ dealership: one.code, branch: null }, 'administration/dealership')}>${one.name}</a>` },
        { title: t('admin.code'), cell: (/** @type {any} */ one) => html`<code>${one.code}</code>` },
        { title: t('admin.currency'), cell: (/** @type {any} */ one) => one.currency },
        { title: t('admin.time_zone'), cell: (/** @type {any} */ one) => one.timeZone },
      ]} />
    </${Panel}>
    ${isOpening && html`<${OpenDealership} onDone=${opened} onClose=${() => setOpening(false)} />`}
  `;
}
