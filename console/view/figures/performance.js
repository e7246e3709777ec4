/** How a branch does in a month: its figures, target and pace, sellers, models, stock, and where it stands among others. */

import { useQuery } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { month, number, t, time, today } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Page, Panel } from '../../ui/page.js';
import { Failed, Loading } from '../../ui/state.js';
import { isBranchAsked, useBranches } from '../place.js';
import { useFresh, useKept } from './fresh.js';
import { figureOf } from './amount.js';
import { FigureTile } from './figure.js';
import { Flow } from './flow.js';
import { Peers } from './peers.js';
import { Standing } from './standing.js';
import { Target } from './targets.js';
import { maySeeMargin, rowsOf } from './ways.js';

/** @typedef {import('../../types/operations.js').KpiMeasure} KpiMeasure */

/** @type {KpiMeasure[]} */
const PLAIN = ['UNITS', 'VEHICLE_REVENUE', 'AVERAGE_SELLING_PRICE', 'CASH_COLLECTED', 'LEASING_MIX', 'LOAN_TO_VALUE', 'DAYS_TO_SELL', 'ADVANCE_CONVERSION'];
/** @type {KpiMeasure[]} */
const WITH_MARGIN = ['UNITS', 'VEHICLE_REVENUE', 'GROSS_PROFIT', 'GROSS_MARGIN', 'GROSS_PER_UNIT', 'CASH_COLLECTED', 'LEASING_MIX', 'DAYS_TO_SELL'];

/** Of sellers and models. @type {KpiMeasure[]} */
const OF_ROWS = ['UNITS', 'VEHICLE_REVENUE', 'GROSS_PROFIT'];

/** How many months are to choose from. */
const MONTHS = 36;

/** The month so many months before. @param {string} first @param {number} by */
function before(first, by) {
  const at = new Date(`${first}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - by);
  return at.toISOString().slice(0, 10);
}

/** @param {string} first @param {string} now */
function lastDay(first, now) {
  const at = new Date(`${before(first, -1)}T00:00:00Z`);
  at.setUTCDate(0);
  const end = at.toISOString().slice(0, 10);
  return end > now ? now : end;
}

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function View({ viewer, query }) {
  const { dealership, branch } = viewer.viewer;
  const isMargin = maySeeMargin(viewer);
  const now = today(dealership?.timeZone);
  const present = `${now.slice(0, 7)}-01`;
  const asked = query.get('month') ?? '';
  const chosen = /^\d{4}-(0[1-9]|1[0-2])-01$/.test(asked) && asked <= present ? asked : present;
  const isPresent = chosen === present;
  const days = { from: chosen, to: lastDay(chosen, now) };
  const isAsked = isBranchAsked(viewer);
  const branches = useBranches(viewer, isAsked);
  const own = branch?.id ?? (isAsked ? query.get('branch') : null);
  const rowMeasures = OF_ROWS.filter((measure) => isMargin || measure !== 'GROSS_PROFIT');
  const narrowed = isAsked && own ? { branch: own } : null;
  const answer = useQuery('Performance', {
    // The month so far is compared with as many days of the one before, a whole one with a whole one.
    range: isPresent ? { period: 'THIS_MONTH' } : { days },
    month: chosen,
    targetsOf: own ? 'BRANCHES' : 'DEALERSHIPS',
    measures: isMargin ? WITH_MARGIN : PLAIN,
    rowMeasures,
    place: narrowed,
    filter: narrowed,
    // Several dealerships may have opened several figures.
    isOfOne: Boolean(dealership),
  });
  const data = useKept(answer);
  useFresh(answer.again);
  const currency = dealership?.currency ?? data?.period.totals[0]?.currency ?? 'LKR';
  const row = data?.period.totals.find((/** @type {any} */ one) => one.currency === currency);
  const months = data?.months.rows.filter((/** @type {any} */ one) => one.currency === currency) ?? [];
  const link = isPresent ? {} : { period: 'OWN', ...days };
  const narrow = branches.find((/** @type {any} */ one) => one.id === own) ?? branch;
  const name = narrow ? `${narrow.code} · ${narrow.name}` : dealership?.name;
  const targets = data?.kpiTargets.filter((/** @type {any} */ target) => target.units || target.revenue);
  return html`
    <${Page} title=${name ? t('performance.title.place', { place: name }) : t('performance.title')}
      lead=${html`<span class="figures-lead" aria-busy=${answer.isLoading}>${data ? t('figures.as_of', { time: time(data.period.asOf, data.period.timeZones[0]) }) : answer.fault ? '' : t('state.loading')}</span>`}
      actions=${html`<${Button} kind="quiet" icon="print" onClick=${() => print()}>${t('action.print')}</${Button}>`}>
      <div class="figures-head">
        <div class="figures-period">
          <${Field} label=${t('performance.month')} name="month" value=${chosen} onValue=${(/** @type {string} */ value) => setQuery({ month: value === present ? null : value })}
            options=${Array.from({ length: MONTHS }, (_, at) => before(present, at)).map((value) => ({ value, text: month(value) }))} />
          ${isAsked && html`<${Field} label=${t('performance.branch')} name="branch" value=${own ?? ''} empty=${t('performance.branch.all')} onValue=${(/** @type {string} */ value) => setQuery({ branch: value })}
            options=${branches.map((/** @type {any} */ one) => ({ value: one.id, text: `${one.code} · ${one.name}` }))} />`}
        </div>
      </div>
      ${answer.fault && html`<${Failed} fault=${answer.fault} again=${answer.again} />`}
      ${(data || !answer.fault) && html`
        <section class="figures-part" aria-labelledby="performance-figures">
          <h2 id="performance-figures" class="unseen">${t('performance.figures')}</h2>
          <div class="tiles">${(isMargin ? WITH_MARGIN : PLAIN).map((measure) => html`<${FigureTile} key=${measure} title=${t(`measure.${measure}`)}
            figure=${data && (figureOf(row, measure) ?? { measure, unit: 'COUNT', value: null, formatted: '–', formula: t('performance.empty'), change: null })}
            made=${data?.period} currency=${currency} history=${months.map((/** @type {any} */ one) => figureOf(one, measure)?.value ?? null)} href=${rowsOf(measure, link, { branch: narrowed?.branch })} />`)}</div>
        </section>
        <div class="figures-pair is-even">
          <${Panel} title=${t('performance.targets')}>
            ${!targets && html`<${Loading} rows=${3} />`}
            ${targets?.length === 0 && html`<p>${t('performance.targets.none')}</p>`}
            ${targets?.map((/** @type {any} */ target) => html`<${Target} key=${target.branch?.code ?? target.dealership.code} target=${target} isNamed=${targets.length > 1} />`)}
          </${Panel}>
          <${Days} rows=${data?.days.rows.filter((/** @type {any} */ one) => one.currency === currency)} days=${days} />
        </div>
        ${dealership && html`<${Peers} branch=${own} isMine=${Boolean(branch)} measures=${data?.kpiPeerMeasures} month=${isPresent ? before(present, 1) : chosen} isLast=${isPresent} currency=${currency} isMargin=${isMargin} />`}
        <${Standing} kind="sellers" rows=${data?.sellers.rows} measures=${rowMeasures} currency=${currency} link=${{ ...link, branch: narrowed?.branch }} isGroup=${!dealership} />
        <div class="figures-pair">
          <${Standing} kind="models" rows=${data?.models.rows} measures=${rowMeasures} currency=${currency} link=${{ ...link, branch: narrowed?.branch }} isGroup=${!dealership} />
          <${Flow} now=${data?.kpiNow} currency=${currency} />
        </div>
      `}
    </${Page}>
  `;
}

/** Units of each day of the month, those without a sale too. @param {{ rows: any[] | undefined, days: { from: string, to: string } }} props */
function Days({ rows, days }) {
  const units = new Map((rows ?? []).map((row) => [row.period, figureOf(row, 'UNITS')?.value ?? 0]));
  const all = Array.from({ length: Number(days.to.slice(8)) }, (_, at) => `${days.from.slice(0, 8)}${String(at + 1).padStart(2, '0')}`);
  const most = Math.max(1, ...all.map((one) => units.get(one) ?? 0));
  return html`<${Panel} title=${t('performance.days')}>
    <div class="days" role="img" aria-label=${t('performance.days.alt', { most: number(most) })}>
      ${all.map((one) => html`<i key=${one} style=${{ height: `${(100 * Math.max(0, units.get(one) ?? 0)) / most}%` }} title=${t('performance.days.day', { day: Number(one.slice(8)), units: units.get(one) ?? 0 })}></i>`)}
    </div>
    <p class="days-ends" aria-hidden="true"><span>${Number(days.from.slice(8))}</span><span>${month(days.from)}</span><span>${Number(days.to.slice(8))}</span></p>
  </${Panel}>`;
}
