/** A bike to offer to a customer. */

import { after } from '../../core/day.js';
import { useDraftForm } from '../../core/draft.js';
import { can } from '../../core/may.js';
import { useQuery } from '../../core/query.js';
import { go, to } from '../../core/route.js';
import { minor, t, today, typed, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { Page, Panel } from '../../ui/page.js';
import { Failed, Loading } from '../../ui/state.js';
import { focusFault } from '../stock/act.js';
import { given } from '../stock/filter.js';
import { BranchField, ChooseDealership, Denied, isInOne, useModels, zone } from '../place.js';
import { BuyerField, buyerFaults, buyerInput, noBuyer } from './buyer.js';

/** How many days an offer holds if nothing else is said. */
const HOLDS = 14;

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function NewOffer({ viewer, query }) {
  const title = t('offer.new');
  const enquiry = query.get('enquiry');
  const asked = useQuery('EnquiryShown', enquiry ? { id: enquiry } : null);
  const models = useModels(viewer);
  if (!can(viewer, 'WRITE_SALES_QUOTATIONS')) return html`<${Denied} title=${title} />`;
  if (!isInOne(viewer)) return html`<${ChooseDealership} title=${title} />`;
  if (asked.fault) return html`<${Page} title=${title}><${Failed} fault=${asked.fault} again=${asked.again} /></${Page}>`;
  if (!models || (enquiry && !asked.data)) return html`<${Page} title=${title}><${Loading} /></${Page}>`;
  return html`<${Entry} viewer=${viewer} models=${models.filter((/** @type {any} */ model) => !model.retiredAt)} enquiry=${asked.data?.node ?? null} />`;
}

/** @param {{ viewer: any, models: any[], enquiry: any }} props */
function Entry({ viewer, models, enquiry }) {
  const { person, branch, model: about } = enquiry ?? {};
  const now = today(zone(viewer));
  const first = models.find((one) => one.id === about?.id);
  const { form, forget } = useDraftForm(enquiry ? `offer ${enquiry.id}` : 'offer', {
    branch: branch?.id ?? '',
    buyer: noBuyer(person && { kind: 'new', name: person.name, phone: person.phone ?? '' }),
    model: first?.id ?? '',
    price: typed(first?.listPrice.amountMinor),
    sale: 'CASH',
    financeCompany: '',
    down: '',
    validUntil: after(now, HOLDS),
    remarks: '',
  });
  const { values, errors } = form;
  const model = models.find((one) => one.id === values.model);
  const isLeased = values.sale === 'LEASING';
  const financiers = useQuery('FinanceCompanies', isLeased ? { dealership: viewer.viewer.dealership.id } : null);
  const choose = (/** @type {string} */ id) => {
    const chosen = models.find((one) => one.id === id);
    form.set({ model: id, price: typed(chosen?.listPrice.amountMinor), ...(chosen && !chosen.leasable && { sale: 'CASH' }) });
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { currentTarget } = event;
    const look = () => focusFault(currentTarget);
    const price = minor(values.price);
    const down = minor(values.down);
    const faults = {
      ...buyerFaults(values.buyer),
      ...(values.price.trim() && price === null && { price: t('offer.error.amount') }),
      ...(isLeased && down === null && { down: t('offer.error.amount') }),
    };
    if (Object.keys(faults).length) {
      form.setErrors(faults);
      return look();
    }
    const input = {
      buyer: buyerInput(values.buyer),
      model: values.model,
      ...given({ branch: viewer.viewer.branch ? null : values.branch, enquiry: enquiry?.id, priceMinor: price, validUntil: values.validUntil, remarks: values.remarks.trim() }),
      ...(isLeased && { leasing: { financeCompany: values.financeCompany, downPaymentMinor: down } }),
    };
    const fields = { priceMinor: 'price', 'leasing.downPaymentMinor': 'down', 'leasing.financeCompany': 'financeCompany', leasing: 'sale' };
    const payload = await form.send('OfferCreate', input, { creates: true, fields });
    if (!payload) return look();
    forget();
    say(t('offer.saved'));
    go(to(`offers/${payload.salesQuotation.id}`), { replaces: true });
  };
  return html`
    <${Page} title=${t('offer.new')} lead=${html`<a href=${to('offers')}>${t('nav.offers')}</a>`}>
      <${Panel}>
        <form class="form" onSubmit=${submit}>
          <${FormFault} fault=${form.fault} errors=${{ '': errors[''] ?? errors.enquiry ?? '' }} />
          ${enquiry ? html`<p>${t('offer.answers', { name: person.name })}</p>` : html`<${BranchField} viewer=${viewer} ...${form.field('branch')} />`}
          <${BuyerField} viewer=${viewer} value=${values.buyer} onValue=${(/** @type {any} */ buyer) => form.set({ buyer })} errors=${errors} branch=${values.branch} />
          <div class="form-row">
            <${Field} ...${form.field('model')} onValue=${choose} label=${t('stock.model')} required empty=${t('stock.choose')} options=${models.map((one) => ({ value: one.id, text: one.name }))} />
            <${Field} ...${form.field('price')} label=${t('offer.price')} inputmode="decimal" hint=${model ? t('offer.list_price', { price: model.listPrice.formatted }) : undefined} />
            <${Field} ...${form.field('sale')} label=${t('offer.sale')} options=${['CASH', 'LEASING'].map((one) => ({ value: one, text: word('sale', one), disabled: one === 'LEASING' && model && !model.leasable }))} />
          </div>
          ${isLeased && html`<div class="form-row">
            <${Field} ...${form.field('financeCompany')} label=${t('offer.financier')} required empty=${t('stock.choose')} options=${(financiers.data?.financeCompanies.nodes ?? []).map((/** @type {any} */ one) => ({ value: one.id, text: one.name }))} />
            <${Field} ...${form.field('down')} label=${t('offer.down')} required inputmode="decimal" />
          </div>`}
          <div class="form-row">
            <${Field} ...${form.field('validUntil')} label=${t('offer.until')} type="date" min=${now} />
            <${Field} ...${form.field('remarks')} label=${t('offer.remarks')} rows=${2} maxlength="1000" />
          </div>
          <p class="hint">${t('offer.total.hint')}</p>
          <div class="form-end"><${Button} href=${to('offers')} onClick=${forget}>${t('action.cancel')}</${Button}><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('offer.save')}</${Button}></div>
        </form>
      </${Panel}>
    </${Page}>
  `;
}
