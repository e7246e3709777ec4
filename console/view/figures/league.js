/** Dealerships or branches side by side, in the order of any column; a dealership opens into its branches. */

import { address } from '../../core/place.js';
import { useQuery } from '../../core/query.js';
import { place as here, setQuery } from '../../core/route.js';
import { number, percent, t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Icon } from '../../ui/icon.js';
import { Panel } from '../../ui/page.js';
import { Failed, Loading } from '../../ui/state.js';
import { amount, figureOf } from './amount.js';
import { CsvButton, valueOf } from './csv.js';
import { Spark } from './spark.js';

const REVENUE = 'VEHICLE_REVENUE';

/** @typedef {{ key: string, title: string, of: (row: any) => any, cell: (row: any, currency: string) => any, plain: (row: any) => any }} Column */

/** The name of a row's place. @param {any} row */
const nameOf = (row) => (row.branch ? `${row.branch.code} · ${row.branch.name}` : row.dealership.name);

/** @param {string[]} measures @returns {Column[]} */
function columnsOf(measures) {
  const revenue = (/** @type {any} */ row) => figureOf(row, REVENUE);
  return [
    ...measures.map((measure) => ({
      key: measure, title: t(`measure.${measure}`), of: (/** @type {any} */ row) => figureOf(row, measure)?.value ?? null,
      cell: (/** @type {any} */ row) => figureOf(row, measure)?.formatted ?? '–', plain: (/** @type {any} */ row) => valueOf(figureOf(row, measure)),
    })),
    { key: 'SHARE', title: t('figures.league.share'), of: (row) => revenue(row)?.share ?? null, cell: (row) => percent(revenue(row)?.share), plain: (row) => revenue(row)?.share ?? null },
    { key: 'MEAN', title: t('figures.league.mean'), of: (row) => revenue(row)?.aboveMean ?? null, cell: (row, currency) => signed(revenue(row)?.aboveMean, currency), plain: (row) => valueOf({ unit: 'MONEY', value: revenue(row)?.aboveMean }) },
    { key: 'RANK', title: t('figures.league.rank'), of: (row) => revenue(row)?.rank ?? null, cell: (row) => number(revenue(row)?.rank), plain: (row) => revenue(row)?.rank ?? null },
  ];
}

/** @param {number | null | undefined} minor @param {string} currency */
const signed = (minor, currency) => (minor === null || minor === undefined ? '–' : `${minor > 0 ? '+' : ''}${amount(Math.round(minor), currency)}`);

/** @param {any[]} rows @param {string} sort @param {boolean} isRising @param {Column[]} columns */
function sorted(rows, sort, isRising, columns) {
  const of = columns.find((column) => column.key === sort)?.of ?? nameOf;
  const turn = isRising ? 1 : -1;
  return [...rows].sort((one, other) => {
    const [a, b] = [of(one), of(other)];
    // What is not known stands last either way.
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return turn * (typeof a === 'string' ? a.localeCompare(b) : a - b);
  });
}

/** @param {{ data: any, currency: string, measures: string[], range: any, query: URLSearchParams }} props */
export function League({ data, currency, measures, range, query }) {
  const columns = columnsOf(measures);
  const [sort, isRising] = [query.get('sort') ?? REVENUE, query.get('order') === 'up'];
  const rows = sorted((data?.league?.rows ?? []).filter((/** @type {any} */ row) => row.currency === currency), sort, isRising, columns);
  const isOfDealerships = Boolean(rows[0] && !rows[0].branch);
  const turn = (/** @type {string} */ key) => setQuery(key === sort ? { sort: key, order: isRising ? null : 'up' } : { sort: key, order: key === 'NAME' || key === 'RANK' ? 'up' : null });
  const title = t(isOfDealerships ? 'figures.league.dealerships' : 'figures.league.branches');
  const file = () => [[t('figures.league.place'), ...columns.map((column) => column.title)], ...rows.map((row) => [nameOf(row), ...columns.map((column) => column.plain(row))])];
  return html`
    <${Panel} title=${title} class="figures-league" actions=${html`<${CsvButton} name="league" rows=${file} disabled=${!rows.length} label=${title} />`}>
      ${!data && html`<${Loading} rows=${5} />`}
      ${data && !rows.length && html`<p>${t('figures.league.empty')}</p>`}
      ${rows.length > 0 && html`
        <div class="table stays league" role="region" aria-label=${title} tabindex="0">
          <table>
            <caption class="unseen">${title}. ${t('figures.league.hint')}</caption>
            <thead><tr>
              ${[{ key: 'NAME', title: t('figures.league.place') }, ...columns].map((column) => html`<${Head} key=${column.key} column=${column} sort=${sort} isRising=${isRising} onSort=${turn} />`)}
              <th scope="col">${t('figures.league.trend')}</th>
            </tr></thead>
            ${rows.map((row) => html`<${Group} key=${row.branchId ?? row.dealershipId} row=${row} months=${data.leagueMonths?.rows} columns=${columns} currency=${currency} measures=${measures} range=${range} sort=${sort} isRising=${isRising} />`)}
          </table>
        </div>`}
    </${Panel}>
  `;
}

/** @param {{ column: any, sort: string, isRising: boolean, onSort: (key: string) => void }} props */
function Head({ column, sort, isRising, onSort }) {
  const isBy = column.key === sort;
  return html`<th scope="col" class=${column.key === 'NAME' ? '' : 'is-number'} aria-sort=${isBy ? (isRising ? 'ascending' : 'descending') : undefined}>
    <button type="button" class="sort" onClick=${() => onSort(column.key)}>${column.title}<span class="unseen"> – ${t('figures.league.sort', { column: column.title })}</span><span class="sort-mark" aria-hidden="true">${isBy ? (isRising ? '▲' : '▼') : ''}</span></button>
  </th>`;
}

/** A row, and below it those of its branches. @param {any} props */
function Group({ row, months, columns, currency, measures, range, sort, isRising }) {
  const [isOpen, setOpen] = useState(false);
  const isDealership = !row.branch;
  const answer = useQuery('FigureBranches', isDealership && isOpen ? { dealership: row.dealershipId, range, measures } : null);
  const inner = sorted((answer.data?.league.rows ?? []).filter((/** @type {any} */ one) => one.currency === currency), sort, isRising, columns);
  const opener = isDealership && html`<button type="button" class="bare opener" aria-expanded=${isOpen} aria-label=${t('figures.league.expand', { name: nameOf(row) })} onClick=${() => setOpen(!isOpen)}><${Icon} name="down" /></button>`;
  return html`
    <tbody>
      <${Line} row=${row} months=${months} columns=${columns} currency=${currency} opener=${opener} />
      ${isOpen && !answer.data && html`<tr><td colspan=${columns.length + 2}>${answer.fault ? html`<${Failed} fault=${answer.fault} again=${answer.again} />` : html`<${Loading} rows=${2} />`}</td></tr>`}
      ${isOpen && inner.map((/** @type {any} */ one) => html`<${Line} key=${one.branchId} row=${one} months=${answer.data?.months.rows} columns=${columns} currency=${currency} isInner />`)}
    </tbody>
  `;
}

/** @param {any} props */
function Line({ row, months = [], columns, currency, opener, isInner }) {
  const history = months.filter((/** @type {any} */ one) => one.currency === currency && one.dealershipId === row.dealershipId && (one.branchId ?? null) === (row.branchId ?? null));
  const place = { dealership: row.dealership?.code ?? here().dealership, branch: row.branch?.code ?? null };
  return html`
    <tr class=${isInner ? 'is-inner' : ''}>
      <th scope="row"><span class="league-name">${opener}<a href=${address(place, 'dashboard') + location.search}>${nameOf(row)}</a></span></th>
      ${columns.map((/** @type {Column} */ column) => html`<td key=${column.key} class="is-number">${column.cell(row, currency)}</td>`)}
      <td><${Spark} values=${history.map((/** @type {any} */ one) => one.figures[0]?.value ?? null)} unit="MONEY" currency=${currency} /></td>
    </tr>
  `;
}
