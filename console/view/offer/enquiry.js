/** One enquiry, and the offers that answer it. */

import { can } from '../../core/may.js';
import { useQuery } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, money, t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Facts, Page, Panel, State } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { isInOne } from '../place.js';
import { LoseEnquiry } from './enquiry_new.js';

/** @param {{ id: string, viewer: any }} props */
export function Enquiry({ id, viewer }) {
  const answer = useQuery('EnquiryShown', { id });
  const enquiry = answer.data?.node;
  return html`
    <${Page} title=${enquiry?.person?.name ?? t('enquiry.one')} lead=${html`<a href=${to('enquiries')}>${t('nav.enquiries')}</a>`} actions=${enquiry?.id && html`<${State} of=${enquiry.status} />`}>
      <${Answered} answer=${answer}>
        ${() => (enquiry?.id ? html`<${Known} enquiry=${enquiry} viewer=${viewer} again=${answer.again} />` : html`<${Empty} title=${t('state.missing.title')} text=${t('state.missing.text')} />`)}
      </${Answered}>
    </${Page}>
  `;
}

/** @param {{ enquiry: any, viewer: any, again: () => void }} props */
function Known({ enquiry, viewer, again }) {
  const [isLosing, setLosing] = useState(false);
  const mayWrite = can(viewer, 'WRITE_SALES_QUOTATIONS') && isInOne(viewer);
  const isLive = enquiry.status === 'OPEN' || enquiry.status === 'QUOTED';
  const { phone } = enquiry.person;
  const columns = [
    { title: t('offer.number'), isMain: true, cell: (/** @type {any} */ offer) => html`<a href=${to(`offers/${offer.id}`)}>${offer.number}</a>` },
    { title: t('stock.date'), cell: (/** @type {any} */ offer) => day(offer.date) },
    { title: t('stock.state'), cell: (/** @type {any} */ offer) => html`<${State} of=${offer.status} />` },
    { title: t('stock.total'), isNumber: true, cell: (/** @type {any} */ offer) => money(offer.total) },
  ];
  return html`
    <${Panel} title=${t('enquiry.one')}>
      <${Facts} items=${[
        [t('offer.phone'), phone?.startsWith('+') ? html`<a href=${`tel:${phone}`}>${phone}</a>` : (phone ?? '–')],
        [t('stock.model'), enquiry.model?.name ?? '–'],
        [t('enquiry.asked'), day(enquiry.date)],
        [t('stock.branch'), `${enquiry.branch.code} · ${enquiry.branch.name}`],
        [t('offer.by'), enquiry.salesperson?.name ?? '–'],
        enquiry.notes && [t('enquiry.said'), enquiry.notes],
        enquiry.lostReason && [t('enquiry.lost_reason'), enquiry.lostReason],
      ]} />
      ${mayWrite && isLive && html`<div class="stock-actions">
        <${Button} kind="primary" href=${to('offers/new', { enquiry: enquiry.id })}>${t('enquiry.quote')}</${Button}>
        <${Button} kind="danger" onClick=${() => setLosing(true)}>${t('enquiry.lose')}</${Button}>
      </div>`}
    </${Panel}>
    <${Panel} title=${t('nav.offers')}>
      ${enquiry.salesQuotations.length ? html`<${Table} caption=${t('nav.offers')} columns=${columns} rows=${enquiry.salesQuotations} />` : html`<p class="hint">${t('enquiry.no_offers')}</p>`}
    </${Panel}>
    ${isLosing && html`<${LoseEnquiry} enquiry=${enquiry} onClose=${() => setLosing(false)} onDone=${() => { setLosing(false); again(); }} />`}
  `;
}
