/** The lines of a quotation as a table that is typed into. */

import { t, typed } from '../../core/text.js';
import { html, useId, useRef } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { amountOf, isEmpty, MOST, newLine, sumOf } from './lines.js';

/** @typedef {import('./lines.js').Line} Line */

/** @type {Array<{ field: 'description' | 'quantity' | 'rate', path: string, most: number, inputmode?: string }>} */
const FIELDS = [
  { field: 'description', path: 'description', most: 200 },
  { field: 'quantity', path: 'quantity', most: 10, inputmode: 'decimal' },
  { field: 'rate', path: 'rateMinor', most: 20, inputmode: 'decimal' },
];

/** @param {bigint | null} minor */
const written = (minor) => (minor === null ? '–' : typed(Number(minor)));

/** @param {{ lines: Line[], onLines: (lines: Line[]) => void, errors: Record<string, string> }} props */
export function LineTable({ lines, onLines, errors }) {
  const table = useRef(/** @type {HTMLElement | null} */ (null));
  const focus = (/** @type {number} */ at) => setTimeout(() => {
    const inputs = table.current?.querySelectorAll('input[name=description]');
    /** @type {HTMLElement | undefined} */ (inputs?.[Math.min(at, inputs.length - 1)])?.focus();
  });
  const change = (/** @type {string} */ key, /** @type {Partial<Line>} */ changes) => onLines(lines.map((line) => (line.key === key ? { ...line, ...changes } : line)));
  const add = (at = lines.length) => {
    if (lines.length >= MOST) return;
    onLines([...lines.slice(0, at), newLine(), ...lines.slice(at)]);
    focus(at);
  };
  const remove = (/** @type {number} */ at) => {
    const left = lines.filter((_, n) => n !== at);
    onLines(left.length ? left : [newLine()]);
    focus(Math.max(at - 1, 0));
  };
  const onKey = (/** @type {KeyboardEvent} */ event, /** @type {number} */ at) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      // With Ctrl it submits, as in a text of several lines.
      if (event.ctrlKey || event.metaKey) return /** @type {HTMLInputElement} */ (event.target).form?.requestSubmit();
      const next = lines[at + 1];
      if (next || isEmpty(/** @type {Line} */ (lines[at]))) focus(at + 1);
      else add(at + 1);
    } else if (event.key === 'Delete' && event.ctrlKey) {
      event.preventDefault();
      remove(at);
    }
  };
  return html`
    <div class="table lines" role="region" aria-label=${t('quotation.lines')} tabindex="0" ref=${table}>
      <table>
        <caption class="unseen">${t('quotation.lines')}</caption>
        <thead><tr><th scope="col">${t('receive.row')}</th><th scope="col">${t('quotation.description')}</th><th scope="col">${t('quotation.quantity')}</th><th scope="col">${t('quotation.rate')}</th><th scope="col" class="is-number">${t('quotation.amount')}</th><th scope="col"><span class="unseen">${t('receive.remove')}</span></th></tr></thead>
        <tbody>
          ${lines.map((line, at) => html`<tr key=${line.key}>
            <th scope="row"><span class="arrival-number">${at + 1}</span></th>
            ${FIELDS.map((field) => html`<td key=${field.field} class=${`line-${field.field}`} data-title=${t(`quotation.${field.field}`)}><${Cell} line=${line} at=${at} of=${field} error=${errors[`items.${at}.${field.path}`]} onChange=${change} onKey=${onKey} /></td>`)}
            <td class="is-number" data-title=${t('quotation.amount')}><span class="line-amount">${written(amountOf(line))}</span></td>
            <td><button type="button" class="bare" aria-label=${t('quotation.remove.line', { row: at + 1 })} onClick=${() => remove(at)}><${Icon} name="close" /></button></td>
          </tr>`)}
        </tbody>
        <tfoot><tr><th scope="row" colspan="4" class="is-number">${t('quotation.sum')}</th><td class="is-number"><output>${written(sumOf(lines))}</output></td><td></td></tr></tfoot>
      </table>
    </div>
    ${errors.items && html`<p class="error">${errors.items}</p>`}
    <div class="stock-actions"><${Button} icon="plus" disabled=${lines.length >= MOST} onClick=${() => add()}>${t('quotation.add')}</${Button}><p class="hint">${t('quotation.keys')}</p></div>
  `;
}

/** @param {any} props */
function Cell({ line, at, of: { field, most, inputmode }, error, onChange, onKey }) {
  const id = useId();
  return html`
    <input
      type="text"
      name=${field}
      value=${line[field]}
      maxlength=${most}
      inputmode=${inputmode}
      autocomplete="off"
      aria-label=${t('receive.cell', { column: t(`quotation.${field}`), row: at + 1 })}
      aria-invalid=${error ? 'true' : undefined}
      aria-describedby=${error ? id : undefined}
      onInput=${(/** @type {any} */ event) => onChange(line.key, { [field]: event.target.value })}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => onKey(event, at)}
    />
    ${error && html`<p class="error" id=${id}>${error}</p>`}
  `;
}
