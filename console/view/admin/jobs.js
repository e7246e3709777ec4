/** Work that is done later: where it stands, as it goes on. */

import { ask } from '../../core/api.js';
import { Fault } from '../../core/fault.js';
import { useLive } from '../../core/live.js';
import { usePages } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { t, time, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { Panel, State } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { JobForm } from './job_form.js';
import { RowActions, Sure } from './parts.js';

const STATES = ['READY', 'WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'];

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function Jobs({ viewer, query }) {
  const [asked, setAsked] = useState(/** @type {{ what: string, job?: any } | null} */ (null));
  const [told, setTold] = useState(/** @type {Record<string, any>} */ ({}));
  const state = query.get('state');
  const list = usePages('AdminJobs', { filter: state ? { state: [state] } : {} });
  useLive(
    'AdminJobProgress',
    {},
    ({ jobProgress: { job } }) => {
      if (!job) return;
      setTold((old) => ({ ...old, [job.id]: job }));
      // One that was not heard of is read once, into its place in the list.
      if (!told[job.id] && !list.rows?.some((/** @type {any} */ one) => one.id === job.id)) list.again();
    },
    () => {
      setTold({});
      list.again();
    },
  );
  const rows = list.rows?.map((/** @type {any} */ one) => told[one.id] ?? one);
  const close = () => setAsked(null);
  const done = (/** @type {string} */ text) => {
    close();
    say(text);
    list.again();
  };
  const start = viewer.viewer.dealership && html`
    <div class="row-actions">
      <${Button} onClick=${() => setAsked({ what: 'rebuild' })}>${t('admin.job.rebuild')}</${Button}>
      <${Button} onClick=${() => setAsked({ what: 'archive' })}>${t('admin.job.archive')}</${Button}>
    </div>`;
  const zone = viewer.viewer.dealership?.timeZone;
  return html`
    <${Panel} title=${t('admin.tab.jobs')} actions=${start}>
      <div class="form-row narrowing">
        <${Field} label=${t('admin.state')} value=${state ?? ''} empty=${t('admin.job.any_state')} onValue=${(/** @type {string} */ value) => setQuery({ state: value })} options=${STATES.map((value) => ({ value, text: word('admin.job_state', value) }))} />
      </div>
      <${List} list=${{ ...list, rows }} caption=${t('admin.tab.jobs')} empty=${t('admin.job.none')} columns=${[
        { title: t('admin.job'), isMain: true, cell: (/** @type {any} */ one) => html`${word('admin.job_kind', one.kind)}<br /><small>${whereOf(one)}</small>` },
        { title: t('admin.state'), cell: (/** @type {any} */ one) => html`<${Standing} job=${one} zone=${zone} />` },
        { title: t('admin.job.asked'), cell: (/** @type {any} */ one) => html`${time(one.createdAt, zone)}<br /><small>${one.isMine ? t('admin.job.by_you') : (one.askedBy?.name ?? t('admin.job.by_system'))}</small>` },
        { title: t('admin.job.ended'), cell: (/** @type {any} */ one) => time(one.endedAt, zone) },
        { title: t('admin.actions'), cell: (/** @type {any} */ one) => html`<${Actions} job=${one} onAsk=${(/** @type {string} */ what) => setAsked({ what, job: one })} />` },
      ]} />
    </${Panel}>
    ${(asked?.what === 'rebuild' || asked?.what === 'archive') && html`<${JobForm} viewer=${viewer} kind=${asked.what} onDone=${() => done(t('admin.job.begun'))} onClose=${close} />`}
    ${asked?.what === 'cancel' && html`<${Sure} title=${t('admin.job.cancel')} text=${t('admin.job.cancel.text', { job: word('admin.job_kind', asked.job.kind) })} action=${t('admin.job.cancel')}
      operation="AdminCancelJob" input=${{ job: asked.job.id }} onDone=${() => done(t('admin.job.cancelled'))} onClose=${close} />`}
    ${asked?.what === 'retry' && html`<${Sure} title=${t('admin.job.retry')} text=${t('admin.job.retry.text', { job: word('admin.job_kind', asked.job.kind) })} action=${t('admin.job.retry')} kind="primary"
      operation="AdminRetryJob" input=${{ job: asked.job.id }} onDone=${() => done(t('admin.job.begun'))} onClose=${close} />`}
  `;
}

/** @param {any} job */
const whereOf = (job) => [job.dealership?.code, job.branch?.code].filter(Boolean).join(' · ') || t('admin.job.installation');

/** @param {{ job: any, zone?: string }} props */
function Standing({ job, zone }) {
  const label = word('admin.job_kind', job.kind);
  return html`
    <${State} of=${job.state} area="admin.job_state" />
    ${job.state === 'RUNNING' && html`<div class="progress"><progress aria-label=${label} max=${job.steps ?? undefined} value=${job.steps ? job.step : undefined}></progress> <small>${job.steps ? `${job.step} / ${job.steps}` : ''}</small></div>`}
    ${job.isCancelling && html`<br /><small>${t('admin.job.cancelling')}</small>`}
    ${job.state === 'WAITING' && job.runAt && html`<br /><small>${t('admin.job.next', { at: time(job.runAt, zone), attempt: job.attempts + 1, most: job.mostAttempts })}</small>`}
    ${job.result && html`<br /><small>${job.result}</small>`}
    ${job.error && job.state !== 'DONE' && html`<br /><small class="error">${job.error.message}${job.error.traceId && ` · ${job.error.traceId}`}</small>`}
  `;
}

/** @param {{ job: any, onAsk: (what: string) => void }} props */
function Actions({ job, onAsk }) {
  const label = `${word('admin.job_kind', job.kind)}, ${whereOf(job)}`;
  const fetched = async () => {
    try {
      const { node } = await ask('DocumentLink', { id: job.document.id, disposition: 'ATTACHMENT' });
      if (node?.link) location.assign(node.link.url);
      else say(t('state.denied.title'), 'bad');
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      if (cause.code !== 'CANCELLED') say(cause.message, 'bad');
    }
  };
  return html`<${RowActions} of=${label} actions=${[
    job.document && [t('admin.job.fetch'), fetched],
    ['READY', 'WAITING', 'RUNNING'].includes(job.state) && !job.isCancelling && [t('admin.job.cancel'), () => onAsk('cancel')],
    ['FAILED', 'CANCELLED'].includes(job.state) && [t('admin.job.retry'), () => onAsk('retry')],
  ]} />`;
}
