/** The rows behind a figure, and that they add up to it. */

import { setQuery, to } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Page } from '../../ui/page.js';
import { Empty } from '../../ui/state.js';
import { Facts } from './drill_facts.js';
import { Open } from './drill_open.js';
import { PeriodPicker, periodOf } from './period.js';

const KINDS = ['CUSTOMER_CREDIT', 'CUSTOMER_RECEIVABLE', 'DELIVERY', 'FINANCIER_RECEIVABLE', 'REGISTRATION', 'STOCK', 'TRANSFER'];

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function View({ viewer, query }) {
  const [measure, kind] = [query.get('measure'), query.get('open')];
  const timeZone = viewer.viewer.dealership?.timeZone;
  const shared = { query, isGroup: !viewer.viewer.dealership, currency: query.get('currency') || viewer.viewer.dealership?.currency || 'LKR' };
  const isMeasure = measure !== null && t(`measure.${measure}`) !== `measure.${measure}`;
  const isKind = kind !== null && KINDS.includes(kind);
  const title = isMeasure ? t(`measure.${measure}`) : isKind ? t(kind === 'STOCK' ? 'figures.open.STOCK.count' : `figures.open.${kind}`) : t('figures.drill.unknown');
  const back = to('dashboard', isMeasure ? { ...periodOf(query).link, currency: query.get('currency') } : {});
  return html`
    <${Page} title=${title} actions=${html`<${Button} kind="quiet" href=${back}>${t('figures.drill.back')}</${Button}><${Button} kind="quiet" icon="print" onClick=${() => print()}>${t('action.print')}</${Button}>`}>
      ${isMeasure && html`
        <div class="figures-head"><${PeriodPicker} query=${query} timeZone=${timeZone} isCompared=${false} /></div>
        <${Narrowed} query=${query} />
        <${Facts} key=${measure} measure=${measure} ...${shared} />`}
      ${!isMeasure && isKind && html`<${Open} key=${kind} kind=${kind} ...${shared} />`}
      ${!isMeasure && !isKind && html`<${Empty} title=${t('figures.drill.unknown')} text=${t('figures.drill.unknown.text')}><${Button} href=${to('dashboard')}>${t('figures.drill.back')}</${Button}></${Empty}>`}
    </${Page}>
  `;
}

/** What else narrows the figure, and the way out of it. @param {{ query: URLSearchParams }} props */
function Narrowed({ query }) {
  const only = [query.get('branch') && t('figures.drill.only_branch'), query.get('model') && t('figures.drill.only_model'), query.get('seller') && t('figures.drill.only_seller')].filter(Boolean);
  if (!only.length) return null;
  return html`<p class="chips">${only.map((text) => html`<span class="mark is-info">${text}</span>`)}<${Button} kind="quiet" onClick=${() => setQuery({ branch: null, model: null, seller: null })}>${t('figures.drill.everything')}</${Button}></p>`;
}
