/** How a figure went over 24 months: a chart, and the same numbers as a table. */

import { setQuery } from '../../core/route.js';
import { month, t } from '../../core/text.js';
import { html, useEffect, useRef, useState } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { Table } from '../../ui/table.js';
import { figureOf, short, written } from './amount.js';
import { CsvButton, valueOf } from './csv.js';

const MEASURES = ['UNITS', 'VEHICLE_REVENUE'];
const HEIGHT = 300;

/** The chart's own code and style come when the first chart is drawn. @type {Promise<any> | undefined} */
let loading;

function load() {
  loading ??= (async () => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('../../vendor/uplot.css', import.meta.url).href;
    document.head.append(link);
    return (await import('../../vendor/uplot.js')).default;
  })();
  loading.catch(() => (loading = undefined));
  return loading;
}

/** @param {{ trend: any, currency: string, query: URLSearchParams }} props */
export function Trend({ trend, currency, query }) {
  const measure = MEASURES.includes(query.get('trend') ?? '') ? /** @type {string} */ (query.get('trend')) : 'VEHICLE_REVENUE';
  const rows = trend?.rows.filter((/** @type {any} */ row) => row.currency === currency) ?? [];
  const title = t(`measure.${measure}`);
  const nameOf = (/** @type {any} */ row) => (row === rows[rows.length - 1] ? t('figures.trend.partial', { month: month(row.period) }) : month(row.period));
  const table = () => [[t('figures.trend.month'), ...MEASURES.map((one) => t(`measure.${one}`))], ...rows.map((/** @type {any} */ row) => [row.period, ...MEASURES.map((one) => valueOf(figureOf(row, one)))])];
  return html`
    <${Panel} title=${t('figures.trend')} class="figures-trend" actions=${html`<div class="figures-pick">
      <${Field} label=${t('figures.trend.measure')} name="trend" value=${measure} options=${MEASURES.map((value) => ({ value, text: t(`measure.${value}`) }))}
        onValue=${(/** @type {string} */ value) => setQuery({ trend: value === 'VEHICLE_REVENUE' ? null : value })} />
      <${CsvButton} name="trend" rows=${table} disabled=${!trend} label=${t('figures.trend')} /></div>`}>
      <${Chart} rows=${rows} measure=${measure} title=${title} currency=${currency} nameOf=${nameOf} />
      <details>
        <summary>${t('figures.trend.numbers')}</summary>
        <${Table} caption=${t('figures.trend')} rows=${rows} keyOf=${(/** @type {any} */ row) => row.period} columns=${[
          { title: t('figures.trend.month'), cell: nameOf, isMain: true },
          ...MEASURES.map((one) => ({ title: t(`measure.${one}`), cell: (/** @type {any} */ row) => figureOf(row, one)?.formatted ?? '–', isNumber: true })),
        ]} />
      </details>
    </${Panel}>
  `;
}

/** @param {{ rows: any[], measure: string, title: string, currency: string, nameOf: (row: any) => string }} props */
function Chart({ rows, measure, title, currency, nameOf }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [at, setAt] = useState(/** @type {number | null} */ (null));
  const values = rows.map((row) => figureOf(row, measure)?.value ?? null);
  const unit = measure === 'UNITS' ? 'COUNT' : 'MONEY';
  const key = JSON.stringify([measure, values]);
  useEffect(() => {
    const box = place.current;
    if (!box || !rows.length) return undefined;
    let isOver = false;
    /** @type {any} */
    let chart;
    const draw = (/** @type {any} */ UPlot) => {
      if (isOver) return;
      chart?.destroy();
      chart = new UPlot(optionsOf(UPlot, box, rows, unit, setAt), [rows.map((_, index) => index), values], box);
    };
    load().then(draw, () => undefined);
    const widths = new ResizeObserver(() => chart && chart.width !== box.clientWidth && chart.setSize({ width: box.clientWidth, height: HEIGHT }));
    widths.observe(box);
    // The canvas does not follow the theme by itself.
    const again = () => load().then(draw, () => undefined);
    const themes = new MutationObserver(again);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', again);
    return () => {
      isOver = true;
      widths.disconnect();
      themes.disconnect();
      dark.removeEventListener('change', again);
      chart?.destroy();
    };
  }, [key]);
  const label = rows.length ? t('figures.trend.alt', { title, first: month(rows[0].period), last: month(rows[rows.length - 1].period) }) : title;
  const row = at === null ? undefined : rows[at];
  return html`
    <div class="chart" ref=${place} role="img" aria-label=${label}></div>
    <p class="chart-at" aria-hidden="true">${row ? `${nameOf(row)}: ${written(values[/** @type {number} */ (at)], unit, currency)}` : t('figures.trend.hint')}</p>
  `;
}

/** @param {any} UPlot @param {HTMLElement} box @param {any[]} rows @param {string} unit @param {(at: number | null) => void} tell */
function optionsOf(UPlot, box, rows, unit, tell) {
  const style = getComputedStyle(box);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: `12px ${style.fontFamily}` };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: { x: { time: false, range: [-0.6, rows.length - 0.4] }, y: { range: (/** @type {any} */ _, /** @type {number} */ least, /** @type {number} */ most) => [Math.min(0, least), (most || 1) * 1.08] } },
    axes: [
      { ...axis, grid: { show: false }, size: 30, space: 60, incrs: [1, 2, 3, 6, 12], values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => (rows[tick] ? month(rows[tick].period) : '')) },
      { ...axis, size: 56, values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => short(tick, unit)) },
    ],
    series: [{}, { stroke: colour('--info'), fill: `color-mix(in srgb, ${colour('--info')} 55%, ${colour('--panel')})`, width: 1, paths: UPlot.paths.bars({ size: [0.7, 48] }), points: { show: false } }],
    hooks: { setCursor: [(/** @type {any} */ chart) => tell(chart.cursor.idx ?? null)] },
  };
}
