/** Sellers or models of a month: rank, share and figures of each. */

import { number, percent, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Panel } from '../../ui/page.js';
import { Loading } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { figureOf } from './amount.js';
import { CsvButton, valueOf } from './csv.js';
import { rowsOf } from './ways.js';

/** @type {Record<string, { of: (row: any) => any, unknown: string, by: string }>} */
const KINDS = {
  sellers: { of: (row) => row.salesperson, unknown: 'figures.sellers.unknown', by: 'seller' },
  models: { of: (row) => row.model, unknown: 'figures.models.unknown', by: 'model' },
};

/** @param {{ kind: 'sellers' | 'models', rows: any[] | undefined, measures: string[], currency: string, link: Record<string, any>, isGroup: boolean }} props */
export function Standing({ kind, rows, measures, currency, link, isGroup }) {
  const { of, unknown, by } = /** @type {any} */ (KINDS[kind]);
  const title = t(`performance.${kind}`);
  const shown = rows?.filter((row) => row.currency === currency);
  const nameOf = (/** @type {any} */ row) => of(row)?.name ?? t(unknown);
  const units = (/** @type {any} */ row) => figureOf(row, 'UNITS');
  const file = () => [
    [t('figures.sellers.name'), t('performance.rank'), ...measures.map((one) => t(`measure.${one}`)), t('performance.share')],
    ...(shown ?? []).map((row) => [nameOf(row), units(row)?.rank, ...measures.map((one) => valueOf(figureOf(row, one))), units(row)?.share]),
  ];
  return html`
    <${Panel} title=${title} actions=${html`<${CsvButton} name=${kind} rows=${file} disabled=${!shown?.length} label=${title} />`}>
      ${!shown && html`<${Loading} rows=${6} />`}
      ${shown?.length === 0 && html`<p>${t('performance.empty')}</p>`}
      ${shown && shown.length > 0 && html`<${Table} caption=${title} rows=${shown} keyOf=${(/** @type {any} */ row) => of(row)?.id ?? ''} columns=${[
        { title: t('figures.sellers.name'), isMain: true, cell: (/** @type {any} */ row) => (of(row) ? html`<a href=${rowsOf('UNITS', link, { [by]: of(row).id })}>${nameOf(row)}</a>` : nameOf(row)) },
        isGroup && { title: t('figures.dealership'), cell: (/** @type {any} */ row) => row.dealership?.code ?? '–' },
        { title: t('performance.rank'), isNumber: true, cell: (/** @type {any} */ row) => number(units(row)?.rank) },
        ...measures.map((one) => ({ title: t(`measure.${one}`), isNumber: true, cell: (/** @type {any} */ row) => figureOf(row, one)?.formatted ?? '–' })),
        { title: t('performance.share'), isNumber: true, cell: (/** @type {any} */ row) => percent(units(row)?.share) },
      ]} />`}
    </${Panel}>
  `;
}
