/** How a branch stands among those of the group: the mean and its own rank, and no row of another. */

import { useQuery } from '../../core/query.js';
import { month as monthText, number, percent, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Panel } from '../../ui/page.js';
import { Loading } from '../../ui/state.js';
import { written } from './amount.js';

/** @typedef {import('../../types/operations.js').KpiMeasure} KpiMeasure */

/** In what a measure is told. @param {string} measure */
function unitOf(measure) {
  if (/CONVERSION|CANCELLATION|MIX|MARGIN|LOAN_TO_VALUE/.test(measure)) return 'SHARE';
  if (measure.startsWith('DAYS')) return 'DAYS';
  return /REVENUE|PROFIT|PRICE|PER_UNIT|COLLECTED|AMOUNT/.test(measure) ? 'MONEY' : 'COUNT';
}

/** @param {{ branch: string | null, isMine: boolean, measures: KpiMeasure[] | undefined, month: string, isLast: boolean, currency: string, isMargin: boolean }} props */
export function Peers({ branch, isMine, measures, month, isLast, currency, isMargin }) {
  // What is opened is still told to those only who may see it.
  const shown = measures?.filter((measure) => isMargin || !measure.startsWith('GROSS'));
  const columns = ['measure', 'own', 'mean', 'rank', 'percentile'].map((key) => t(`performance.peers.${key}`));
  return html`
    <${Panel} title=${t('performance.peers')}>
      ${!shown && html`<${Loading} rows=${2} />`}
      ${shown?.length === 0 && html`<p>${t('performance.peers.none')}</p>`}
      ${shown && shown.length > 0 && !branch && html`<p>${t('performance.peers.branch')}</p>`}
      ${shown && shown.length > 0 && branch && html`
        <p class="than">${t(isLast ? 'performance.peers.month' : 'performance.peers.chosen', { month: monthText(month) })}</p>
        <div class="table" role="region" aria-label=${t('performance.peers')} tabindex="0">
          <table>
            <caption class="unseen">${t('performance.peers')}</caption>
            <thead><tr>${columns.map((title, at) => html`<th key=${title} scope="col" class=${at ? 'is-number' : ''}>${title}</th>`)}</tr></thead>
            <tbody>${shown.map((measure) => html`<${Line} key=${measure} measure=${measure} month=${month} branch=${isMine ? null : branch} currency=${currency} columns=${columns} />`)}</tbody>
          </table>
        </div>`}
    </${Panel}>
  `;
}

/** @param {{ measure: KpiMeasure, month: string, branch: string | null, currency: string, columns: string[] }} props */
function Line({ measure, month, branch, currency, columns }) {
  const answer = useQuery('FigurePeers', { measure, month, branch });
  const peers = answer.data?.kpiPeers;
  const say = (/** @type {any} */ value) => written(value, unitOf(measure), currency);
  const name = html`<th scope="row">${t(`measure.${measure}`)}</th>`;
  if (!peers) return html`<tr>${name}<td colspan="4">${answer.fault ? answer.fault.message : t('state.loading')}</td></tr>`;
  if (peers.refusal) return html`<tr>${name}<td colspan="4">${t(`performance.peers.${peers.refusal}`)}</td></tr>`;
  const cells = [
    say(peers.own),
    say(peers.mean),
    peers.rank === null ? '–' : t('performance.peers.rank.of', { rank: number(peers.rank), branches: number(peers.branches) }),
    peers.percentile === null ? '–' : t('performance.peers.percentile.of', { share: percent(peers.percentile) }),
  ];
  return html`<tr>${name}${cells.map((cell, at) => html`<td key=${at} class="is-number" data-title=${columns[at + 1]}>${cell}</td>`)}</tr>`;
}
