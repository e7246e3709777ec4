/** The rows of a delivery as a table that is typed into, each fault at its cell. */

import { t } from '../../core/text.js';
import { html, useId, useMemo, useRef } from '../../core/view.js';
import { Icon } from '../../ui/icon.js';

/** @type {Array<{ field: string, size: number, inputmode?: string, most?: number, placeholder?: string }>} */
const FIELDS = [
  { field: 'chassisNumber', size: 18, most: 40 },
  { field: 'motorNumber', size: 16, most: 40 },
  { field: 'model', size: 12 },
  { field: 'colour', size: 10, most: 40 },
  { field: 'modelYear', size: 5, most: 4, inputmode: 'numeric' },
  { field: 'cost', size: 11, inputmode: 'decimal' },
  { field: 'receivedOn', size: 11, placeholder: 'YYYY-MM-DD' },
  { field: 'notes', size: 14, most: 500 },
];

/**
 * @param {{
 *   rows: import('./arrivals.js').Row[],
 *   models: any[],
 *   errors: Record<string, string>,
 *   withCost: boolean,
 *   onChange: (key: string, changes: Record<string, string>) => void,
 *   onRemove: (key: string) => void,
 *   onEnter: (key: string) => void,
 * }} props
 */
export function ArrivalTable({ rows, models, errors, withCost, onChange, onRemove, onEnter }) {
  const fields = useMemo(() => FIELDS.filter(({ field }) => withCost || field !== 'cost'), [withCost]);
  const handlers = useRef(/** @type {any} */ (null));
  handlers.current = { onChange, onRemove, onEnter };
  return html`
    <div class="table arrivals" role="region" aria-label=${t('receive.rows')} tabindex="0">
      <table>
        <caption class="unseen">${t('receive.rows')}</caption>
        <thead><tr><th scope="col">${t('receive.row')}</th>${fields.map(({ field }) => html`<th key=${field} scope="col">${t(`receive.${field}`)}</th>`)}<th scope="col"><span class="unseen">${t('receive.remove')}</span></th></tr></thead>
        <tbody>
          ${rows.map((row, at) => html`<${Line} key=${row.key} row=${row} at=${at} fields=${fields} models=${models} errors=${errorsOf(row, errors)} handlers=${handlers} />`)}
        </tbody>
      </table>
    </div>
  `;
}

/** Those of a row, as one text that is compared. @param {import('./arrivals.js').Row} row @param {Record<string, string>} errors */
const errorsOf = (row, errors) => JSON.stringify(Object.fromEntries(FIELDS.flatMap(({ field }) => (errors[`${row.key}.${field}`] ? [[field, errors[`${row.key}.${field}`]]] : []))));

/** A row; with hundreds of them, only that which is typed into is drawn anew. @param {any} props */
function Line({ row, at, fields, models, errors, handlers }) {
  return useMemo(() => {
    const wrong = JSON.parse(errors);
    return html`
      <tr data-row=${row.key}>
        <th scope="row"><span class="arrival-number">${at + 1}</span></th>
        ${fields.map((/** @type {any} */ field) => html`<td key=${field.field} data-title=${t(`receive.${field.field}`)}>
          <${Cell} row=${row} at=${at} of=${field} models=${models} error=${wrong[field.field]} handlers=${handlers} />
        </td>`)}
        <td><button type="button" class="bare" aria-label=${t('receive.remove.row', { row: at + 1 })} onClick=${() => handlers.current.onRemove(row.key)}><${Icon} name="close" /></button></td>
      </tr>
    `;
  }, [row, at, fields, models, errors]);
}

/** @param {any} props */
function Cell({ row, at, of: { field, size, most, inputmode, placeholder }, models, error, handlers }) {
  const id = useId();
  const shared = {
    name: field,
    value: row[field],
    'aria-label': t('receive.cell', { column: t(`receive.${field}`), row: at + 1 }),
    'aria-invalid': error ? 'true' : undefined,
    'aria-describedby': error ? id : undefined,
  };
  const type = (/** @type {any} */ event) => handlers.current.onChange(row.key, { [field]: event.target.value });
  const enter = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    handlers.current.onEnter(row.key);
  };
  return html`
    ${field === 'model'
      ? html`<select ...${shared} onInput=${type}>
          <option value="">${row.modelText || t('stock.choose')}</option>
          ${models.filter((/** @type {any} */ model) => !model.retiredAt).map((/** @type {any} */ model) => html`<option key=${model.id} value=${model.id} selected=${model.id === row.model}>${model.name}</option>`)}
        </select>`
      : html`<input type="text" ...${shared} size=${size} maxlength=${most} inputmode=${inputmode} placeholder=${placeholder} spellcheck=${false} autocomplete="off" onInput=${type} onKeyDown=${enter} />`}
    ${error && html`<p class="error" id=${id}>${error}</p>`}
  `;
}
