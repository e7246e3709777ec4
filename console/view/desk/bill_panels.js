/** Parts of a bill: who buys, what, for how much, and what was paid. */

import { can } from '../../core/may.js';
import { to } from '../../core/route.js';
import { day, t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Facts, Panel, State } from '../../ui/page.js';

/** @param {{ viewer: any, bill: any }} props */
export function BuyerPanel({ viewer, bill }) {
  const { name, nic, phone, address } = bill.buyer;
  const link = can(viewer, 'READ_CUSTOMERS') && bill.customer;
  return html`
    <${Panel} title=${t('desk.buyer')} actions=${link && html`<a href=${to(`customers/${bill.customer.id}`)}>${t('desk.customer')}</a>`}>
      <${Facts} items=${[[t('desk.name'), name], [t('desk.nic'), nic ?? '–'], [t('desk.phone'), phone ?? '–'], [t('desk.address'), address ?? '–'], bill.purchaserTin && [t('desk.tin'), bill.purchaserTin]]} />
    </${Panel}>`;
}

/** @param {{ viewer: any, bill: any }} props */
export function VehiclePanel({ viewer, bill }) {
  const { unit, registration: rmv } = bill;
  const chassis = bill.chassisNumber ?? '–';
  return html`
    <${Panel} title=${t('desk.vehicle')}>
      <${Facts} items=${[
        [t('desk.model'), bill.modelName],
        [t('desk.class'), word('class', bill.vehicleClass)],
        [t('desk.chassis'), unit && can(viewer, 'READ_STOCK') ? html`<a href=${to('stock', { q: chassis })}>${chassis}</a>` : chassis],
        [t('desk.motor'), bill.motorNumber ?? '–'],
        unit && [t('desk.colour'), [unit.colour, unit.modelYear].filter(Boolean).join(' · ') || '–'],
        bill.estimatedDeliveryOn && [t('desk.promised'), day(bill.estimatedDeliveryOn)],
        bill.deliveredOn && [t('desk.delivered'), day(bill.deliveredOn)],
        rmv && [t('desk.registration'), html`<span class="row"><${State} of=${rmv.status} />${rmv.registrationNumber}${rmv.overdue && html`<span class="mark is-bad">${t('desk.overdue')}</span>`}</span>`],
      ]} />
      ${bill.firstTricycleSale && html`<p class="hint">${t('desk.first_tricycle')}</p>`}
    </${Panel}>`;
}

/** @param {{ bill: any }} props */
export function MoneyPanel({ bill }) {
  const owed = bill.balance.amountMinor < 0;
  /** @type {Array<[string, string, string?] | false | null>} */
  const lines = [
    [t('desk.vehicle_price'), bill.vehiclePrice.formatted],
    bill.vat && [t('desk.vat'), bill.vat.formatted, 'is-part'],
    bill.sscl && [t('desk.sscl'), bill.sscl.formatted, 'is-part'],
    bill.leasedAmount && [t('desk.leased'), bill.leasedAmount.formatted],
    bill.downPayment && [t('desk.down_payment.plain'), bill.downPayment.formatted],
    [t('desk.rmv_charge'), bill.rmvCharge.formatted],
    [t('desk.total'), bill.total.formatted, 'is-sum'],
    bill.advanceAmount && [t('desk.advance_amount'), bill.advanceAmount.formatted],
    [owed ? t('desk.owed_back') : t('desk.balance'), bill.balance.formatted.replace(/^-/, ''), bill.balance.amountMinor ? 'is-sum is-open' : 'is-sum'],
    bill.financierBalance && [t(bill.financierBalance.amountMinor < 0 ? 'desk.financier_owed' : 'desk.financier_balance'), bill.financierBalance.formatted.replace(/^-/, ''), bill.financierBalance.amountMinor ? 'is-open' : ''],
  ];
  return html`
    <${Panel} title=${t('desk.money')}>
      <dl class="sums">${lines.map((line) => line && html`<div key=${line[0]} class=${line[2] ?? ''}><dt>${line[0]}</dt><dd>${line[1]}</dd></div>`)}</dl>
      ${bill.aboveLtvCap && html`<p><span class="mark is-wait">${t('desk.above_cap')}</span></p>`}
    </${Panel}>`;
}

/** @param {{ viewer: any, bill: any, onReverse: (payment: any) => void }} props */
export function PaymentsPanel({ viewer, bill, onReverse }) {
  const reversed = new Set(bill.payments.map((/** @type {any} */ one) => one.reverses?.id).filter(Boolean));
  const mayReverse = can(viewer, 'CREDIT_BILLS') && viewer.viewer.dealership;
  return html`
    <${Panel} title=${t('desk.payments')}>
      ${bill.payments.length
        ? html`<ul class="lines">${bill.payments.map((/** @type {any} */ one) => html`
            <li key=${one.id}>
              <span class="row is-apart"><span>${word('method', one.method)}${one.reference && html` <small>${one.reference}</small>`}</span><strong class="is-number">${one.amount.formatted}</strong></span>
              <span class="row is-apart"><small>${day(one.paidOn)}${one.takenBy?.name && ` · ${one.takenBy.name}`}${one.receivedBill.id !== bill.id && ` · ${t('desk.payment.carried', { number: one.receivedBill.number })}`}${one.basis === 'ESTIMATED' ? ` · ${t('desk.payment.estimated')}` : ''}</small>
                ${one.reverses ? html`<span class="mark is-off">${t('desk.payment.reverses')}</span>` : reversed.has(one.id) ? html`<span class="mark is-off">${t('desk.payment.reversed')}</span>` : mayReverse && one.amount.amountMinor > 0 && html`<button type="button" class="link" data-act="reverse" onClick=${() => onReverse(one)}>${t('desk.reverse')}</button>`}</span>
            </li>`)}</ul>`
        : html`<p class="hint">${t('desk.payments.none')}</p>`}
    </${Panel}>`;
}
