/** Rows of the same kind. On a phone each row is a card, its cells under their headings. */

import { t } from '../core/text.js';
import { html } from '../core/view.js';
import { Button } from './button.js';
import { Empty, Failed, Loading } from './state.js';

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: any) => any} cell
 * @property {boolean} [isNumber] set to the right, in figures of one width
 * @property {boolean} [isMain] the cell that names the row
 */

/** @param {{ caption: string, columns: Array<Column | false | null | undefined>, rows: any[], keyOf?: (row: any) => string }} props */
export function Table({ caption, columns, rows, keyOf = (row) => row.id }) {
  const shown = /** @type {Column[]} */ (columns.filter(Boolean));
  return html`
    <div class="table" role="region" aria-label=${caption} tabindex="0">
      <table>
        <caption class="unseen">${caption}</caption>
        <thead><tr>${shown.map((column) => html`<th key=${column.title} scope="col" class=${column.isNumber ? 'is-number' : ''}>${column.title}</th>`)}</tr></thead>
        <tbody>
          ${rows.map((row) => html`<tr key=${keyOf(row)}>
            ${shown.map((column) => html`<${column.isMain ? 'th' : 'td'} key=${column.title} scope=${column.isMain ? 'row' : undefined} class=${column.isNumber ? 'is-number' : ''} data-title=${column.title}>${column.cell(row)}</${column.isMain ? 'th' : 'td'}>`)}
          </tr>`)}
        </tbody>
      </table>
    </div>
  `;
}

/**
 * A list of a connection: its rows, the next page, or why there are none.
 * @param {{ list: ReturnType<typeof import('../core/query.js').usePages>, caption: string, columns: Array<Column | false | null | undefined>, empty: string, emptyText?: string, children?: any }} props
 */
export function List({ list, caption, columns, empty, emptyText, children }) {
  if (list.fault && !list.rows) return html`<${Failed} fault=${list.fault} again=${list.again} />`;
  if (!list.rows) return html`<${Loading} />`;
  if (!list.rows.length) return html`<${Empty} title=${empty} text=${emptyText}>${children}</${Empty}>`;
  return html`
    ${list.fault && html`<${Failed} fault=${list.fault} again=${list.again} />`}
    <${Table} caption=${caption} columns=${columns} rows=${list.rows} />
    ${list.hasMore && html`<p class="more"><${Button} isBusy=${list.isAdding} onClick=${list.next}>${t('action.more')}</${Button}></p>`}
  `;
}
