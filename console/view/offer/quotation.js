/** One repair or claim quotation, or the invoice made of one. */

import { can } from '../../core/may.js';
import { useQuery } from '../../core/query.js';
import { go, to } from '../../core/route.js';
import { day, money, t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Facts, Page, Panel, State } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { Refused, useAct } from '../stock/act.js';
import { isInOne } from '../place.js';
import { Print } from '../stock/print.js';
import { QuotationForm } from './quotation_form.js';

/** @param {{ id: string, viewer: any, isEdited: boolean }} props */
export function Quotation({ id, viewer, isEdited }) {
  const answer = useQuery('QuotationShown', { id });
  const quotation = answer.data?.node;
  const mayWrite = can(viewer, 'WRITE_QUOTATIONS') && isInOne(viewer);
  const shown = () => {
    if (!quotation?.id) return html`<${Empty} title=${t('state.missing.title')} text=${t('state.missing.text')} />`;
    if (isEdited && mayWrite && quotation.status === 'DRAFT') return html`<${QuotationForm} viewer=${viewer} quotation=${quotation} onSaved=${answer.again} />`;
    return html`<${Known} quotation=${quotation} viewer=${viewer} mayWrite=${mayWrite} again=${answer.again} />`;
  };
  return html`
    <${Page} title=${quotation?.number ?? t('quotation.one')} lead=${html`<a href=${to('quotations')}>${t('nav.quotations')}</a>`} actions=${quotation?.id && html`<${State} of=${quotation.status} />`}>
      <${Answered} answer=${answer}>${shown}</${Answered}>
    </${Page}>
  `;
}

/** @param {{ quotation: any, viewer: any, mayWrite: boolean, again: () => void }} props */
function Known({ quotation, viewer, mayWrite, again }) {
  const columns = [
    { title: t('receive.row'), cell: (/** @type {any} */ item) => item.position },
    { title: t('quotation.description'), isMain: true, cell: (/** @type {any} */ item) => item.description },
    { title: t('quotation.quantity'), isNumber: true, cell: (/** @type {any} */ item) => item.quantity },
    { title: t('quotation.rate'), isNumber: true, cell: (/** @type {any} */ item) => money(item.rate) },
    { title: t('quotation.amount'), isNumber: true, cell: (/** @type {any} */ item) => money(item.amount) },
  ];
  return html`
    <${Panel} title=${word('quotation.kind', quotation.kind)}>
      <${Facts} items=${[
        [t('stock.buyer'), quotation.buyer.name],
        quotation.buyer.phone && [t('offer.phone'), quotation.buyer.phone],
        quotation.buyer.address && [t('offer.address'), quotation.buyer.address],
        quotation.registrationNumber && [t('quotation.registration'), quotation.registrationNumber],
        quotation.insuranceCompany && [t('quotation.insurer'), quotation.insuranceCompany],
        quotation.claimNumber && [t('quotation.claim'), quotation.claimNumber],
        quotation.accidentOn && [t('quotation.accident'), day(quotation.accidentOn)],
        [t('offer.made'), day(quotation.date)],
        [t('stock.branch'), `${quotation.branch.code} · ${quotation.branch.name}`],
        [t('offer.by'), quotation.salesperson?.name ?? '–'],
        quotation.invoice && [t('quotation.invoice'), html`<a href=${to(`quotations/${quotation.invoice.id}`)}>${quotation.invoice.number}</a>`],
        quotation.convertedFrom && [t('quotation.made_of'), html`<a href=${to(`quotations/${quotation.convertedFrom.id}`)}>${quotation.convertedFrom.number}</a>`],
        quotation.remarks && [t('offer.remarks'), quotation.remarks],
      ]} />
      <${Steps} quotation=${quotation} viewer=${viewer} mayWrite=${mayWrite} again=${again} />
    </${Panel}>
    <${Panel} title=${t('quotation.lines')}>
      <${Table} caption=${t('quotation.lines')} columns=${columns} rows=${quotation.items} keyOf=${(/** @type {any} */ item) => String(item.position)} />
      <p class="quotation-total"><span>${t('stock.total')}</span> <strong>${money(quotation.total)}</strong></p>
    </${Panel}>
  `;
}

/** @param {{ quotation: any, viewer: any, mayWrite: boolean, again: () => void }} props */
function Steps({ quotation, viewer, mayWrite, again }) {
  const acting = useAct(again);
  const input = { quotation: quotation.id };
  const step = (/** @type {keyof import('../../types/operations.js').Operations} */ operation, /** @type {string} */ text, /** @type {string} */ said, kind = 'plain') => html`
    <${Button} kind=${kind} isBusy=${acting.isBusy(operation, input)} onClick=${() => acting.act(operation, input, said)}>${text}</${Button}>
  `;
  const convert = async () => {
    const payload = await acting.act('QuotationConvert', input, t('quotation.converted'), { creates: true });
    if (payload) go(to(`quotations/${payload.invoice.id}`));
  };
  // An invoice is what it is: it has no steps of its own.
  const may = mayWrite && quotation.kind === 'QUOTATION';
  return html`
    <${Refused} of=${acting} />
    <div class="stock-actions">
      ${may && quotation.status === 'DRAFT' && html`${step('QuotationSend', t('offer.send'), t('quotation.sent'), 'primary')}<${Button} href=${to(`quotations/${quotation.id}/edit`)}>${t('quotation.edit')}</${Button}>`}
      ${may && quotation.status === 'SENT' && html`${step('QuotationAccept', t('offer.accept'), t('quotation.accepted'), 'primary')}${step('QuotationReject', t('offer.reject'), t('quotation.rejected'), 'danger')}`}
      ${may && quotation.status === 'ACCEPTED' && html`<${Button} kind="primary" isBusy=${acting.isBusy('QuotationConvert', input)} onClick=${convert}>${t('quotation.convert')}</${Button}>`}
      ${can(viewer, 'READ_IDENTITY') && html`<${Print} of=${input} text=${t('action.print')} />`}
    </div>
  `;
}
