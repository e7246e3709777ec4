/** For which days figures are, and with what they are compared: kept in the address. */

import { setQuery } from '../../core/route.js';
import { day, t, today } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';

/** @type {import('../../types/operations.js').KpiPeriod[]} */
const PERIODS = ['TODAY', 'THIS_WEEK', 'THIS_MONTH', 'LAST_MONTH', 'TWELVE_MONTHS', 'THIS_FISCAL_YEAR', 'LAST_FISCAL_YEAR'];

/** @type {Record<string, import('../../types/operations.js').KpiComparison | null>} */
const COMPARED = { previous: 'PREVIOUS_PERIOD', year: 'PREVIOUS_YEAR', none: null };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What an address says of them.
 * @param {URLSearchParams} query
 */
export function periodOf(query) {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  const isOwn = query.get('period') === 'OWN';
  const days = isOwn && DAY.test(from) && DAY.test(to) && from <= to ? { from, to } : null;
  const named = PERIODS.find((period) => period === query.get('period')) ?? 'THIS_MONTH';
  const compare = /** @type {string} */ (query.get('compare') ?? 'previous') in COMPARED ? (query.get('compare') ?? 'previous') : 'previous';
  return {
    /** What is chosen in the picker. */
    choice: isOwn ? 'OWN' : named,
    /** The argument of `kpi`; that of this month while own days are not complete. */
    range: /** @type {import('../../types/operations.js').KpiRange} */ (days ? { days } : { period: isOwn ? 'THIS_MONTH' : named }),
    isWrong: isOwn && !days && Boolean(from && to),
    compare,
    compareTo: COMPARED[compare],
    /** The same, for links to rows. */
    link: days ? { period: 'OWN', ...days } : { period: isOwn ? null : query.get('period') },
  };
}

/** Days in words; one where it is one. @param {string} from @param {string} to */
export const days = (from, to) => (from === to ? day(from) : span.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)));

const span = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** @param {{ query: URLSearchParams, timeZone?: string, isCompared?: boolean }} props */
export function PeriodPicker({ query, timeZone, isCompared = true }) {
  const { choice, compare, isWrong } = periodOf(query);
  const choose = (/** @type {string} */ period) => {
    const now = today(timeZone);
    const own = period === 'OWN' ? { from: query.get('from') || `${now.slice(0, 7)}-01`, to: query.get('to') || now } : { from: null, to: null };
    setQuery({ period: period === 'THIS_MONTH' ? null : period, ...own });
  };
  return html`
    <div class="figures-period">
      <${Field} label=${t('figures.period')} name="period" value=${choice} onValue=${choose}
        options=${[...PERIODS, 'OWN'].map((value) => ({ value, text: t(`figures.period.${value}`) }))} />
      ${choice === 'OWN' && html`
        <${Field} label=${t('figures.from')} name="from" type="date" value=${query.get('from')} max=${query.get('to') || undefined}
          onValue=${(/** @type {string} */ from) => setQuery({ from })} error=${isWrong && t('figures.period.wrong')} />
        <${Field} label=${t('figures.to')} name="to" type="date" value=${query.get('to')} min=${query.get('from') || undefined}
          onValue=${(/** @type {string} */ to) => setQuery({ to })} />
      `}
      ${isCompared && html`<${Field} label=${t('figures.compare')} name="compare" value=${compare}
        onValue=${(/** @type {string} */ value) => setQuery({ compare: value === 'previous' ? null : value })}
        options=${Object.keys(COMPARED).map((value) => ({ value, text: t(`figures.compare.${value}`) }))} />`}
    </div>
  `;
}
