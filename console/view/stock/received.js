/** A delivery that was taken in. */

import { to } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html, useEffect, useRef } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page, Panel } from '../../ui/page.js';

/** @param {{ units: any[], again: () => void }} props */
export function Received({ units, again }) {
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => head.current?.focus(), []);
  /** @type {Map<string, any[]>} */
  const byModel = new Map();
  for (const unit of units) byModel.set(unit.model.name, [...(byModel.get(unit.model.name) ?? []), unit]);
  const actions = html`
    <${Button} kind="primary" href=${to('stock', { order: 'RECEIVED_DESC' })}>${t('receive.see')}</${Button}>
    <${Button} onClick=${again}>${t('receive.another')}</${Button}>
  `;
  return html`
    <${Page} title=${t('receive.done')} actions=${actions}>
      <p ref=${head} tabindex="-1" role="status">${t(units.length === 1 ? 'receive.done.one' : 'receive.done.text', { count: units.length })}</p>
      <${Panel}>
        ${[...byModel].map(([name, some]) => html`<div key=${name}>
          <h2>${name} (${some.length})</h2>
          <p class="stock-numbers">${some.map((unit) => html`<a key=${unit.id} href=${to(`stock/${unit.id}`)}>${unit.chassisNumber}</a> `)}</p>
        </div>`)}
      </${Panel}>
    </${Page}>
  `;
}
