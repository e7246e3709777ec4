/** The rows behind a figure of a period. */

import { day, number, t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { written } from './amount.js';
import { days, periodOf } from './period.js';
import { Rows } from './drill_rows.js';
import { useRows } from './pages.js';
import { About, aboutFact, branchOf, DIVIDED, kindsOf, unitOfRows } from './rows.js';

/** @param {{ measure: string, query: URLSearchParams, currency: string, isGroup: boolean }} props */
export function Facts({ measure, query, currency, isGroup }) {
  const divided = DIVIDED[measure];
  const filter = { ...(query.get('branch') && { branch: query.get('branch') }), ...(query.get('model') && { model: query.get('model') }), ...(query.get('seller') && { salesperson: query.get('seller') }) };
  const rowOf = (/** @type {any} */ data) => data.kpi.totals.find((/** @type {any} */ one) => one.currency === currency);
  const list = useRows(
    'FigureFacts',
    { measures: [measure, ...(divided ? [divided] : [])], measure, range: periodOf(query).range, filter: Object.keys(filter).length ? filter : null, ...kindsOf(measure), isGroup },
    (data) => rowOf(data)?.facts ?? { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } },
  );
  const made = list.data?.kpi;
  const [figure, numerator] = (list.data && rowOf(list.data)?.figures) ?? [];
  const unit = unitOfRows(measure, figure?.unit ?? 'COUNT');
  const sum = list.rows?.reduce((all, row) => all + row.adds, 0) ?? 0;
  const whole = divided === undefined ? figure?.value : divided ? numerator?.value : null;
  const title = t(`measure.${measure}`);
  const say = (/** @type {number} */ value) => written(value, unit, currency);
  const columns = [
    { title: t('figures.column.about'), isMain: true, cell: (/** @type {any} */ row) => html`<${About} about=${aboutFact(row)} />`, plain: (/** @type {any} */ row) => aboutFact(row).text },
    { title: t('figures.column.date'), cell: (/** @type {any} */ row) => day(row.date), plain: (/** @type {any} */ row) => row.date },
    { title: t('figures.column.kind'), cell: (/** @type {any} */ row) => word('fact', row.kind), plain: (/** @type {any} */ row) => word('fact', row.kind) },
    { title: t('figures.column.detail'), cell: (/** @type {any} */ row) => aboutFact(row).detail, plain: (/** @type {any} */ row) => aboutFact(row).detail },
    { title: t('figures.column.branch'), cell: (/** @type {any} */ row) => branchOf(row.branch), plain: (/** @type {any} */ row) => branchOf(row.branch) },
    { title: t('figures.column.adds'), isNumber: true, cell: (/** @type {any} */ row) => say(row.adds), plain: (/** @type {any} */ row) => (unit === 'MONEY' ? row.adds / 100 : row.adds) },
  ];
  return html`<${Rows} list=${list} columns=${columns} name=${measure.toLowerCase()} made=${made} formula=${figure?.formula}
    items=${[
      [t('figures.drill.figure'), figure ? (figure.formatted ?? t('figures.not_known')) : '–'],
      made && [t('figures.period'), days(made.from, made.to)],
      numerator && [t('figures.drill.numerator', { title: numerator.title }), numerator.formatted ?? '–'],
      [t('figures.drill.counted'), number(list.connection?.totalCount)],
      [t('figures.drill.sum'), say(sum)],
    ]}
    proof=${{ sum, whole, text: t(divided === undefined ? 'figures.drill.whole' : 'figures.drill.whole.ratio') }} caption=${title} />`;
}
