/** One sales quotation, and what becomes of it. */

import { can } from '../../core/may.js';
import { useQuery } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, money, t, today, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Facts, Page, Panel, State } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';
import { Refused, useAct } from '../stock/act.js';
import { isInOne, zone } from '../place.js';
import { Print } from '../stock/print.js';
import { Convert } from './offer_convert.js';

/** @param {{ id: string, viewer: any }} props */
export function Offer({ id, viewer }) {
  const answer = useQuery('OfferShown', { id, bills: can(viewer, 'READ_BILLS') });
  const offer = answer.data?.node;
  return html`
    <${Page} title=${offer?.number ?? t('offer.one')} lead=${html`<a href=${to('offers')}>${t('nav.offers')}</a>`} actions=${offer?.id && html`<${State} of=${offer.status} />`}>
      <${Answered} answer=${answer}>
        ${() => (offer?.id ? html`<${Known} offer=${offer} viewer=${viewer} again=${answer.again} />` : html`<${Empty} title=${t('state.missing.title')} text=${t('state.missing.text')} />`)}
      </${Answered}>
    </${Page}>
  `;
}

/** @param {{ offer: any, viewer: any, again: () => void }} props */
function Known({ offer, viewer, again }) {
  const isLeased = offer.saleType === 'LEASING';
  const isOver = ['DRAFT', 'SENT'].includes(offer.status) && offer.validUntil < today(zone(viewer));
  return html`
    <${Panel} title=${`${offer.modelName} · ${word('sale', offer.saleType)}`}>
      <${Facts} items=${[
        [t('stock.buyer'), offer.buyer.name],
        offer.buyer.phone && [t('offer.phone'), offer.buyer.phone],
        offer.buyer.address && [t('offer.address'), offer.buyer.address],
        [t('stock.class'), word('class', offer.vehicleClass)],
        [t('offer.price'), money(offer.vehiclePrice)],
        offer.rmvCharge.amountMinor > 0 && [t('offer.rmv'), money(offer.rmvCharge)],
        isLeased && [t('offer.financier'), offer.financeCompany?.name ?? '–'],
        isLeased && [t('offer.down'), money(offer.downPayment)],
        isLeased && [t('offer.leased'), money(offer.leased)],
        [t('offer.total'), html`<strong>${money(offer.total)}</strong>`],
        [t('offer.made'), day(offer.date)],
        [t('offer.until'), html`${day(offer.validUntil)}${isOver && html` <span class="mark is-wait">${t('offer.over')}</span>`}`],
        [t('stock.branch'), `${offer.branch.code} · ${offer.branch.name}`],
        [t('offer.by'), offer.salesperson?.name ?? '–'],
        offer.enquiry && [t('enquiry.one'), html`<a href=${to(`enquiries/${offer.enquiry.id}`)}>${day(offer.enquiry.date)}</a>`],
        offer.proformaNumber && [t('offer.proforma'), `${offer.proformaNumber}, ${day(offer.proformaOn)}`],
        offer.bill && [t('stock.bill'), html`<a href=${to(`bills/${offer.bill.id}`)}>${offer.bill.number}</a>`],
        offer.remarks && [t('offer.remarks'), offer.remarks],
      ]} />
      <${Steps} offer=${offer} viewer=${viewer} again=${again} />
    </${Panel}>
  `;
}

/** @param {{ offer: any, viewer: any, again: () => void }} props */
function Steps({ offer, viewer, again }) {
  const acting = useAct(again);
  const [isConverting, setConverting] = useState(false);
  const input = { salesQuotation: offer.id };
  const step = (/** @type {keyof import('../../types/operations.js').Operations} */ operation, /** @type {string} */ text, /** @type {string} */ said, kind = 'plain') => html`
    <${Button} kind=${kind} isBusy=${acting.isBusy(operation, input)} onClick=${() => acting.act(operation, input, said)}>${text}</${Button}>
  `;
  const mayWrite = can(viewer, 'WRITE_SALES_QUOTATIONS') && isInOne(viewer);
  const mayProforma = offer.saleType === 'LEASING' && !offer.proformaNumber && ['DRAFT', 'SENT', 'ACCEPTED'].includes(offer.status);
  return html`
    <${Refused} of=${acting} />
    <div class="stock-actions">
      ${mayWrite && offer.status === 'DRAFT' && step('OfferSend', t('offer.send'), t('offer.sent'), 'primary')}
      ${mayWrite && offer.status === 'SENT' && step('OfferAccept', t('offer.accept'), t('offer.accepted'), 'primary')}
      ${mayWrite && offer.status === 'SENT' && step('OfferReject', t('offer.reject'), t('offer.rejected'), 'danger')}
      ${offer.status === 'ACCEPTED' && can(viewer, 'WRITE_BILLS') && isInOne(viewer) && html`<${Button} kind="primary" onClick=${() => setConverting(true)}>${t('offer.convert')}</${Button}>`}
      ${mayWrite && mayProforma && step('OfferProforma', t('offer.proforma.issue'), t('offer.proforma.issued'))}
      ${can(viewer, 'READ_IDENTITY') && html`
        <${Print} of=${input} text=${t('offer.print')} />
        ${offer.proformaNumber && html`<${Print} of=${{ salesQuotationProforma: offer.id }} text=${t('offer.proforma.print')} />`}
      `}
    </div>
    ${isConverting && html`<${Convert} offer=${offer} viewer=${viewer} onClose=${() => setConverting(false)} />`}
  `;
}
