/** Who buys: somebody known, by name, or somebody new. */

import { useLast, useSettled } from '../../core/settled.js';
import { useQuery } from '../../core/query.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Facts } from '../../ui/page.js';
import { Combobox } from './combobox.js';
import { PersonFields } from './person.js';
import { nicOf, phoneOf, useKnown } from './known.js';

/**
 * @param {{ viewer: any, form: any, branch: string, onChosen: () => void, onNew: () => void, onAgain: () => void }} props
 * `form`: with the values of a bill; `onChosen`, `onNew`: the cursor goes on
 */
export function PickCustomer({ viewer, form, branch, onChosen, onNew, onAgain }) {
  const { customer, customerText: text, isNewPerson } = form.values;
  const settled = useSettled(text.trim());
  const isNumber = Boolean(nicOf(settled) ?? phoneOf(settled));
  const isAsked = !customer && !isNewPerson && branch && settled.length > 1;
  const answer = useQuery('Customers', isAsked && !isNumber ? { filter: { search: settled, branch }, orderBy: 'NAME_ASC', first: 8, after: null } : null);
  const byNumber = useKnown(viewer, isAsked && isNumber ? { nic: settled, phone: settled } : {});
  const byName = useLast(answer.data?.customers.nodes) ?? [];
  const known = isNumber ? byNumber.customers.filter((one) => one.branch.id === branch) : settled.length > 1 ? byName : [];
  const take = (/** @type {any} */ one) => {
    form.setErrors({});
    if (one) {
      form.set({ customer: one, isNewPerson: false });
      return onChosen();
    }
    // What was typed is kept where it belongs.
    const typed = nicOf(text) ? { nic: text.trim() } : phoneOf(text) ? { phone: text.trim() } : { name: text.trim() };
    form.set({ isNewPerson: true, customer: null, ...typed });
    return onNew();
  };
  const again = () => {
    form.set({ customer: null, isNewPerson: false });
    onAgain();
  };
  if (customer) return html`<${Chosen} customer=${customer} onAgain=${again} />`;
  if (isNewPerson) {
    const use = (/** @type {any} */ one) => {
      form.set({ customer: one, isNewPerson: false });
      onChosen();
    };
    return html`
      <${PersonFields} viewer=${viewer} form=${form} path="buyer.person" branch=${branch} onUse=${use} needsPhone=${form.values.isAdvance} />
      <p><button type="button" class="link" onClick=${again}>${t('desk.customer.known')}</button></p>`;
  }
  const options = [
    ...known.map((/** @type {any} */ one) => ({ id: one.id, value: one, text: one.name, hint: one.phone ?? '' })),
    ...(text.trim() ? [{ id: 'new', value: null, text: t('desk.customer.new', { name: text.trim() }), isApart: true }] : []),
  ];
  const isLoading = Boolean(text.trim().length > 1 && (settled !== text.trim() || answer.isLoading || byNumber.isLoading));
  return html`
    <${Combobox} label=${t('desk.customer')} name="customer" required hint=${t('desk.customer.hint')} text=${text} onText=${(/** @type {string} */ customerText) => form.set({ customerText })}
      options=${options} onChoose=${take} error=${form.errors.buyer ?? answer.fault?.message} none=${t('desk.customer.type')} isLoading=${isLoading} />
    <p><button type="button" class="link" onClick=${() => take(null)}>${t('desk.customer.somebody_new')}</button></p>`;
}

/** @param {{ customer: any, onAgain: () => void }} props */
const Chosen = ({ customer, onAgain }) => html`
  <div class="chosen">
    <strong>${customer.name}</strong>
    <${Facts} items=${[[t('desk.phone'), customer.phone ?? '–'], customer.nic && [t('desk.nic'), customer.nic]]} />
    <p><button type="button" class="link" onClick=${onAgain}>${t('desk.customer.other')}</button></p>
  </div>`;
