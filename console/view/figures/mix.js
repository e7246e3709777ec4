/** Models by how much was sold of them, and who sold most. */

import { number, percent, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Loading } from '../../ui/state.js';
import { Panel } from '../../ui/page.js';
import { Table } from '../../ui/table.js';
import { figureOf } from './amount.js';
import { CsvButton, valueOf } from './csv.js';
import { rowsOf } from './ways.js';

/** @param {{ report: any, currency: string, link: Record<string, any>, isGroup?: boolean }} props */
export function ModelMix({ report, currency, link, isGroup }) {
  const rows = (report?.rows ?? []).filter((/** @type {any} */ row) => row.currency === currency && figureOf(row, 'UNITS')?.value > 0);
  const most = Math.max(1, ...rows.map((/** @type {any} */ row) => figureOf(row, 'UNITS').value));
  const nameOf = (/** @type {any} */ row) => row.model?.name ?? t('figures.models.unknown');
  const file = () => [[t('figures.models'), t('measure.UNITS'), t('measure.VEHICLE_REVENUE')], ...rows.map((/** @type {any} */ row) => [nameOf(row), ...['UNITS', 'VEHICLE_REVENUE'].map((one) => valueOf(figureOf(row, one)))])];
  return html`
    <${Panel} title=${t('figures.models')} class="figures-models" actions=${html`<${CsvButton} name="models" rows=${file} disabled=${!rows.length} label=${t('figures.models')} />`}>
      ${!report && html`<${Loading} rows=${6} />`}
      ${report && !rows.length && html`<p>${t('figures.league.empty')}</p>`}
      ${rows.length > 0 && html`<ol class="bars">${rows.map((/** @type {any} */ row) => {
        const [units, revenue] = [figureOf(row, 'UNITS'), figureOf(row, 'VEHICLE_REVENUE')];
        return html`<li key=${row.model?.id ?? ''}>
          <span class="bar-name">${row.model ? html`<a href=${rowsOf('UNITS', link, { model: row.model.id })}>${nameOf(row)}</a>` : nameOf(row)}${isGroup && row.dealership && html`<small> ${row.dealership.code}</small>`}</span>
          <span class="bar-line" aria-hidden="true"><i style=${{ width: `${(100 * units.value) / most}%` }}></i></span>
          <span class="bar-value">${t('figures.models.bar', { units: number(units.value), share: percent(units.share) })}<small> ${revenue?.formatted}</small></span>
        </li>`;
      })}</ol>
      <p class="than">${t('figures.models.hint')}</p>`}
    </${Panel}>
  `;
}

/** @param {{ report: any, currency: string, link: Record<string, any>, isGroup?: boolean }} props */
export function TopSellers({ report, currency, link, isGroup }) {
  const rows = (report?.rows ?? []).filter((/** @type {any} */ row) => row.currency === currency);
  const nameOf = (/** @type {any} */ row) => row.salesperson?.name ?? t('figures.sellers.unknown');
  const file = () => [[t('figures.sellers.name'), t('measure.UNITS'), t('measure.VEHICLE_REVENUE')], ...rows.map((/** @type {any} */ row) => [nameOf(row), ...['UNITS', 'VEHICLE_REVENUE'].map((one) => valueOf(figureOf(row, one)))])];
  return html`
    <${Panel} title=${t('figures.sellers')} actions=${html`<${CsvButton} name="sellers" rows=${file} disabled=${!rows.length} label=${t('figures.sellers')} />`}>
      ${!report && html`<${Loading} rows=${6} />`}
      ${report && !rows.length && html`<p>${t('figures.league.empty')}</p>`}
      ${rows.length > 0 && html`<${Table} caption=${t('figures.sellers')} rows=${rows} keyOf=${(/** @type {any} */ row) => row.salesperson?.id ?? ''} columns=${[
        { title: t('figures.sellers.name'), isMain: true, cell: (/** @type {any} */ row) => (row.salesperson ? html`<a href=${rowsOf('UNITS', link, { seller: row.salesperson.id })}>${nameOf(row)}</a>` : nameOf(row)) },
        isGroup && { title: t('figures.dealership'), cell: (/** @type {any} */ row) => row.dealership?.code ?? '–' },
        { title: t('performance.rank'), isNumber: true, cell: (/** @type {any} */ row) => number(figureOf(row, 'UNITS')?.rank) },
        ...['UNITS', 'VEHICLE_REVENUE'].map((one) => ({ title: t(`measure.${one}`), isNumber: true, cell: (/** @type {any} */ row) => figureOf(row, one)?.formatted ?? '–' })),
      ]} />`}
    </${Panel}>
  `;
}
