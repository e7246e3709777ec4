/** One screen of figures: of several dealerships, of one over its branches, or of one branch. */

import { useQuery } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { t, time } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Page, Panel } from '../../ui/page.js';
import { Failed, Loading } from '../../ui/state.js';
import { Alerts } from './alerts.js';
import { figureOf } from './amount.js';
import { CsvButton, valueOf } from './csv.js';
import { useFresh, useKept } from './fresh.js';
import { League } from './league.js';
import { ModelMix, TopSellers } from './mix.js';
import { OpenTiles } from './open_tiles.js';
import { days, PeriodPicker, periodOf } from './period.js';
import { Target } from './targets.js';
import { tilesOf, TradeTiles } from './trade_tiles.js';
import { Trend } from './trend.js';
import { maySeeMargin } from './ways.js';

/** By what places are compared. @type {import('../../types/operations.js').KpiMeasure[]} */
const LEAGUE = ['UNITS', 'VEHICLE_REVENUE', 'GROSS_PROFIT', 'GROSS_MARGIN'];

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function View({ viewer, query }) {
  const { dealership, branch } = viewer.viewer;
  const isMargin = maySeeMargin(viewer);
  const period = periodOf(query);
  const leagueMeasures = LEAGUE.filter((measure) => isMargin || !measure.startsWith('GROSS'));
  const answer = useQuery('Dashboard', {
    range: period.range,
    compareTo: period.compareTo,
    measures: [...tilesOf(isMargin), 'UNITS_WITHOUT_COST'],
    leagueMeasures,
    league: dealership ? 'BRANCH' : 'DEALERSHIP',
    isLeague: !branch,
    targetsOf: branch ? 'BRANCHES' : 'DEALERSHIPS',
    isOverBranches: Boolean(dealership && !branch),
  });
  const data = useKept(answer);
  useFresh(answer.again);
  const currencies = currenciesOf(data, dealership);
  const currency = currencies.find((one) => one === query.get('currency')) ?? currencies[0] ?? 'LKR';
  const link = period.link;
  const now = data?.dashboard.now;
  const name = branch ? `${branch.code} · ${branch.name}` : dealership?.name;
  const targets = data && [...data.dashboard.targets, ...(data.dashboard.branchTargets ?? [])].filter((/** @type {any} */ target) => target.currency === currency && (target.units || target.revenue));
  return html`
    <${Page} title=${name ? t('figures.title.place', { place: name }) : t('figures.title')}
      lead=${html`<span class="figures-lead" aria-busy=${answer.isLoading}>${data ? `${days(data.period.from, data.period.to)}. ${t('figures.as_of', { time: time(data.period.asOf, data.period.timeZones[0]) })}` : answer.fault ? '' : t('state.loading')}</span>`}
      actions=${html`<${CsvButton} name="figures" rows=${() => fileOf(data, currency)} disabled=${!data} label=${t('figures.tiles')} /><${Button} kind="quiet" icon="print" onClick=${() => print()}>${t('action.print')}</${Button}>`}>
      <div class="figures-head">
        <${PeriodPicker} query=${query} timeZone=${dealership?.timeZone} />
        ${currencies.length > 1 && html`<${Field} label=${t('figures.currency')} name="currency" value=${currency} options=${currencies.map((value) => ({ value, text: value }))} onValue=${(/** @type {string} */ value) => setQuery({ currency: value })} />`}
      </div>
      ${answer.fault && html`<${Failed} fault=${answer.fault} again=${answer.again} />`}
      ${(data || !answer.fault) && html`
        <${TradeTiles} data=${data} currency=${currency} isMargin=${isMargin} link=${link} />
        <div class="figures-pair">
          <${Trend} trend=${data?.dashboard.trend} currency=${currency} query=${query} />
          <${Alerts} now=${now} currency=${currency} />
        </div>
        <${OpenTiles} now=${now} currency=${currency} />
        ${!branch && html`<${League} data=${data} currency=${currency} measures=${leagueMeasures} range=${period.range} query=${query} />`}
        <div class="figures-pair is-even">
          <${ModelMix} report=${data?.models} currency=${currency} link=${link} isGroup=${!dealership} />
          <${TopSellers} report=${data?.sellers} currency=${currency} link=${link} isGroup=${!dealership} />
        </div>
        <${Panel} title=${t('figures.targets')}>
          ${!targets && html`<${Loading} rows=${2} />`}
          ${targets?.length === 0 && html`<p>${t('figures.targets.none')}</p>`}
          ${targets?.length > 0 && html`<div class="targets">${targets.map((/** @type {any} */ target) => html`<${Target} key=${target.branch?.code ?? target.dealership.code} target=${target} />`)}</div>`}
        </${Panel}>
      `}
    </${Page}>
  `;
}

/** @param {any} data @param {any} dealership @returns {string[]} */
function currenciesOf(data, dealership) {
  const all = [data?.period.totals, data?.dashboard.trend.rows, data?.dashboard.now.open].flatMap((rows) => (rows ?? []).map((/** @type {any} */ row) => row.currency)).filter(Boolean);
  return [...new Set(dealership ? [dealership.currency, ...all] : all)];
}

/** @param {any} data @param {string} currency */
function fileOf(data, currency) {
  const row = data.period.totals.find((/** @type {any} */ one) => one.currency === currency);
  const { from, to, comparedFrom, comparedTo } = data.period;
  const period = (row?.figures ?? []).map((/** @type {any} */ figure) => [t(`measure.${figure.measure}`), valueOf(figureOf(row, figure.measure)), valueOf({ unit: figure.unit, value: figure.previous }), from, to, comparedFrom, comparedTo]);
  const day = data.dashboard.now.today;
  const open = data.dashboard.now.open.filter((/** @type {any} */ one) => !one.currency || one.currency === currency).flatMap((/** @type {any} */ one) => [
    [t(`figures.open.${one.kind}${one.kind === 'STOCK' ? '.count' : ''}`), one.total.count, null, day, day, null, null],
    ...(one.total.amount ? [[`${t(`figures.open.${one.kind}`)} (${one.currency})`, valueOf({ unit: 'MONEY', value: one.total.amount.amountMinor }), null, day, day, null, null]] : []),
  ]);
  return [[t('figures.tiles'), t('figures.definition.value'), t('figures.definition.previous'), t('figures.from'), t('figures.to'), `${t('figures.compare')}: ${t('figures.from')}`, `${t('figures.compare')}: ${t('figures.to')}`], ...period, ...open];
}
