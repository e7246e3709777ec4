/** Rows, the figure they were counted in, and whether they add up to it. */

import { number, t, time } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Facts, Panel } from '../../ui/page.js';
import { Failed, Loading } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { CsvButton } from './csv.js';

/**
 * @param {{ list: ReturnType<typeof import('./pages.js').useRows>, columns: any[], name: string, caption: string, made: any, formula?: string, items: any[], proof: { sum: number, whole: number | null | undefined, text: string } }} props
 */
export function Rows({ list, columns, name, caption, made, formula, items, proof }) {
  const { rows } = list;
  if (list.fault && !rows) return html`<${Failed} fault=${list.fault} again=${list.again} />`;
  const file = () => [columns.map((column) => column.title), ...(rows ?? []).map((row) => columns.map((column) => column.plain(row)))];
  const total = list.connection?.totalCount ?? 0;
  return html`
    <${Panel} class="sum">
      ${!rows && html`<${Loading} rows=${3} />`}
      ${rows && html`
        ${formula && html`<p>${formula}</p>`}
        <${Facts} items=${[...items, [t('figures.definition.scope'), made.scope], [t('figures.definition.as_of'), time(made.asOf, made.timeZones[0])], [t('figures.definition.version'), String(made.definitionVersion)]]} />
        <${Proof} list=${list} proof=${proof} />`}
    </${Panel}>
    <${Panel} title=${t('figures.drill.caption')} actions=${html`<${CsvButton} name=${name} rows=${file} disabled=${!rows?.length} label=${caption} />`}>
      ${!rows && html`<${Loading} rows=${10} />`}
      ${rows?.length === 0 && html`<p>${t('figures.drill.none')}</p>`}
      ${list.fault && html`<${Failed} fault=${list.fault} again=${list.again} />`}
      ${rows && rows.length > 0 && html`
        <${Table} caption=${caption} columns=${columns} rows=${rows.map((row, at) => ({ ...row, id: at }))} />
        <p class="chips" role="status">${t('figures.drill.count', { shown: number(rows.length), total: number(total) })}</p>
        ${list.hasMore && html`<p class="more chips"><${Button} isBusy=${list.isAdding} onClick=${list.next}>${t('action.more')}</${Button}><${Button} isBusy=${list.isAdding} onClick=${list.all}>${t('figures.drill.all')}</${Button}></p>`}`}
    </${Panel}>
  `;
}

/** @param {{ list: any, proof: { sum: number, whole: number | null | undefined, text: string } }} props */
function Proof({ list, proof: { sum, whole, text } }) {
  if (list.hasMore) return html`<p class="sum-words"><${Icon} name="info" />${t('figures.drill.part')}</p>`;
  if (whole === null || whole === undefined || !list.rows.length) return null;
  if (sum === whole) return html`<p class="sum-words is-good"><${Icon} name="check" />${text}</p>`;
  return html`<p class="sum-words is-bad"><${Icon} name="alert" />${t('figures.drill.off')} <${Button} kind="quiet" onClick=${list.again}>${t('action.again')}</${Button}></p>`;
}
