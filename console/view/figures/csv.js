/** What is seen, as a file for spreadsheets: RFC 4180, and nothing in it is taken for a formula. */

import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** @param {string | number | null | undefined} value texts are quoted where they have to be, numbers stand plain */
function cell(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {Array<Array<string | number | null | undefined>>} rows the first has the headings */
export const csv = (rows) => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** Minor units as a plain number of a file: `1234.50`. @param {number | null | undefined} minor */
export const plain = (minor) => (minor === null || minor === undefined ? null : minor / 100);

/** A value by its unit, as a plain number. @param {any} figure */
export const valueOf = (figure) => (figure?.unit === 'MONEY' ? plain(figure.value) : (figure?.value ?? null));

/** @param {string} name @param {string} text */
function download(name, text) {
  // The mark tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** @param {{ name: string, rows: () => Array<Array<string | number | null | undefined>>, disabled?: boolean, label?: string }} props */
export const CsvButton = ({ name, rows, disabled, label }) => html`
  <${Button} kind="quiet" icon="file" class="csv" disabled=${disabled} aria-label=${label && `${t('action.csv')}: ${label}`} onClick=${() => download(`${name}.csv`, csv(rows()))}>${t('action.csv')}</${Button}>
`;
