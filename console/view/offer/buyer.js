/** Whom a document is for: a customer who is known, or somebody new. */

import { useSettled } from '../../core/settled.js';
import { useQuery } from '../../core/query.js';
import { t } from '../../core/text.js';
import { html, useId, useState } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { Answered } from '../../ui/state.js';
import { given, PAUSE } from '../stock/filter.js';

/**
 * @typedef {object} Buyer
 * @property {'known' | 'new'} kind
 * @property {{ id: string, name: string, phone?: string } | null} customer
 * @property {string} name
 * @property {string} nic
 * @property {string} phone
 * @property {string} address
 */

/** @param {Partial<Buyer>} [known] @returns {Buyer} */
export const noBuyer = (known = {}) => ({ kind: 'known', customer: null, name: '', nic: '', phone: '', address: '', ...known });

/** @param {Buyer} buyer */
export function buyerInput({ kind, customer, name, nic, phone, address }) {
  if (kind === 'known') return { customer: customer?.id };
  return { person: { name, ...given({ nic: nic.trim(), phone: phone.trim(), address: address.trim() }) } };
}

/** What is plainly missing. @param {Buyer} buyer @returns {Record<string, string>} */
export function buyerFaults({ kind, customer, name }) {
  if (kind === 'known') return customer ? {} : { 'buyer.customer': t('offer.buyer.required') };
  return name.trim() ? {} : { 'buyer.person.name': t('receive.error.required') };
}

/**
 * @param {{ viewer: any, value: Buyer, onValue: (buyer: Buyer) => void, errors: Record<string, string>, branch?: string }} props
 */
export function BuyerField({ viewer, value, onValue, errors, branch }) {
  const id = useId();
  const set = (/** @type {Partial<Buyer>} */ changes) => onValue({ ...value, ...changes });
  const field = (/** @type {'name' | 'nic' | 'phone' | 'address'} */ name) => ({ name: `buyer-${name}`, value: value[name], error: errors[`buyer.person.${name}`], onValue: (/** @type {string} */ text) => set({ [name]: text }) });
  return html`
    <fieldset class="stock-pick">
      <legend class="label">${t('stock.buyer')}</legend>
      <div class="stock-actions">
        ${['known', 'new'].map((kind) => html`<label key=${kind} class="offer-kind"><input type="radio" name=${`${id}-kind`} value=${kind} checked=${value.kind === kind} onChange=${() => set({ kind: /** @type {any} */ (kind) })} /> ${t(`offer.buyer.${kind}`)}</label>`)}
      </div>
      ${value.kind === 'known'
        ? html`<${Known} viewer=${viewer} branch=${branch} value=${value.customer} onValue=${(/** @type {any} */ customer) => set({ customer })} error=${errors['buyer.customer'] ?? errors.buyer} />`
        : html`
          <div class="form-row">
            <${Field} ...${field('name')} label=${t('offer.name')} required maxlength="120" autocomplete="off" />
            <${Field} ...${field('phone')} label=${t('offer.phone')} type="tel" autocomplete="off" />
            <${Field} ...${field('nic')} label=${t('offer.nic')} autocomplete="off" />
          </div>
          <${Field} ...${field('address')} label=${t('offer.address')} autocomplete="off" />
        `}
    </fieldset>
  `;
}

/** @param {{ viewer: any, value: any, onValue: (customer: any) => void, error?: string, branch?: string }} props */
function Known({ viewer, value, onValue, error, branch }) {
  const id = useId();
  const [text, setText] = useState('');
  const search = useSettled(text.trim(), PAUSE);
  const filter = given({ dealership: viewer.viewer.dealership?.id, branch: branch || viewer.viewer.branch?.id, search });
  const choose = (/** @type {any} */ customer) => {
    onValue(customer);
    setText('');
  };
  const answer = useQuery('OfferCustomers', search.length > 1 ? { filter } : null);
  return html`
    <p role="status" class="offer-chosen">${value && html`${t('offer.buyer.chosen')} <strong>${value.name}</strong> <small>${value.phone}</small>`}</p>
    <${Field} label=${t('offer.buyer.search')} name="buyer-search" type="search" value=${text} onValue=${setText} error=${error} autocomplete="off" spellcheck=${false} />
    ${search.length > 1 && html`<${Answered} answer=${answer} rows=${2}>
      ${(/** @type {any} */ { customers }) => html`
        <div class="stock-picks">
          ${customers.nodes.map((/** @type {any} */ customer) => html`
            <label key=${customer.id} class="stock-choice">
              <input type="radio" name=${`${id}-customer`} value=${customer.id} checked=${value?.id === customer.id} onChange=${() => choose(customer)} />
              <span>${customer.name}${viewer.viewer.branch ? '' : ` · ${customer.branch.code}`}${customer.phone && html` <small>${customer.phone}</small>`}</span>
            </label>
          `)}
        </div>
        ${!customers.nodes.length && html`<p class="hint">${t('offer.buyer.none')}</p>`}
      `}
    </${Answered}>`}
  `;
}
