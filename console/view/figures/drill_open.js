/** What is open as of now, thing by thing, the oldest first. */

import { day, number, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { amount } from './amount.js';
import { Rows } from './drill_rows.js';
import { useRows } from './pages.js';
import { About, aboutOpen, branchOf, openKindsOf } from './rows.js';

/** @param {string | null} text */
const whole = (text) => (text !== null && /^-?\d+$/.test(text) ? Number(text) : null);

/** @param {{ kind: string, query: URLSearchParams, currency: string, isGroup: boolean }} props */
export function Open({ kind, query, currency, isGroup }) {
  const [from, to] = [whole(query.get('older')), whole(query.get('younger'))];
  const ages = from === null && to === null ? null : { ...(from !== null && { from }), ...(to !== null && { to }) };
  const openOf = (/** @type {any} */ data) => data.kpiNow.open.find((/** @type {any} */ one) => one.currency === null || one.currency === currency);
  const list = useRows('FigureOpen', { kind, ages, ...openKindsOf(kind), isGroup }, (data) => openOf(data)?.items ?? { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false } });
  const made = list.data?.kpiNow;
  const total = (list.data && openOf(list.data)?.total) ?? { count: 0, amount: null };
  const isOfMoney = total.amount !== null;
  const sum = list.rows?.reduce((all, row) => all + (isOfMoney ? (row.amount?.amountMinor ?? 0) : 1), 0) ?? 0;
  const columns = [
    { title: t('figures.column.about'), isMain: true, cell: (/** @type {any} */ row) => html`<${About} about=${aboutOpen(row)} />`, plain: (/** @type {any} */ row) => aboutOpen(row).text },
    { title: t('figures.column.detail'), cell: (/** @type {any} */ row) => aboutOpen(row).detail, plain: (/** @type {any} */ row) => aboutOpen(row).detail },
    { title: t('figures.column.branch'), cell: (/** @type {any} */ row) => branchOf(row.branch), plain: (/** @type {any} */ row) => branchOf(row.branch) },
    { title: t('figures.column.since'), cell: (/** @type {any} */ row) => day(row.since), plain: (/** @type {any} */ row) => row.since },
    { title: t('figures.column.age'), isNumber: true, cell: (/** @type {any} */ row) => (row.age < 0 ? t('figures.column.receipt_age', { days: -row.age }) : number(row.age)), plain: (/** @type {any} */ row) => row.age },
    isOfMoney && { title: t('figures.column.amount'), isNumber: true, cell: (/** @type {any} */ row) => row.amount?.formatted ?? '–', plain: (/** @type {any} */ row) => row.amount && row.amount.amountMinor / 100 },
  ];
  return html`<${Rows} list=${list} columns=${columns.filter(Boolean)} name=${kind.toLowerCase()} made=${made} formula=${t(`figures.formula.${kind}`)}
    items=${[
      [t('figures.drill.figure'), isOfMoney ? total.amount.formatted : number(total.count)],
      ages && [t('figures.open.ages'), agesOf(from, to)],
      [t('figures.drill.counted'), number(list.connection?.totalCount)],
      [t('figures.drill.sum'), isOfMoney ? amount(sum, currency) : number(sum)],
      total.estimated > 0 && isOfMoney && [t('figures.open.estimated'), number(total.estimated)],
    ]}
    proof=${{ sum, whole: isOfMoney ? total.amount.amountMinor : total.count, text: t('figures.drill.whole') }} caption=${t(`figures.open.${kind}`)} />`;
}

/** @param {number | null} from @param {number | null} to */
function agesOf(from, to) {
  if (from === 1 && to === null) return t('figures.open.overdue');
  if (from === null) return to !== null && to < 0 ? t('figures.bucket.not_due') : t('figures.bucket', { from: 0, to: to ?? 0 });
  return to === null ? t('figures.bucket.over', { from: from - 1 }) : t('figures.bucket', { from, to });
}
