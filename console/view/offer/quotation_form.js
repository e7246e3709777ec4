/** A repair or claim quotation to make, or a draft to write anew. */

import { useDraftForm } from '../../core/draft.js';
import { go, to } from '../../core/route.js';
import { t, today, typed } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { focusFault } from '../stock/act.js';
import { given } from '../stock/filter.js';
import { BranchField, zone } from '../place.js';
import { BuyerField, buyerFaults, buyerInput, noBuyer } from './buyer.js';
import { LineTable } from './line_table.js';
import { faultsOf, isEmpty, itemOf, newLine } from './lines.js';

/** @param {{ viewer: any, quotation?: any, onSaved?: () => void }} props `quotation`: the draft */
export function QuotationForm({ viewer, quotation, onSaved }) {
  const { form, forget } = useDraftForm(quotation ? null : 'quotation', {
    branch: '',
    buyer: noBuyer(),
    registrationNumber: quotation?.registrationNumber ?? '',
    accidentOn: quotation?.accidentOn ?? '',
    claimNumber: quotation?.claimNumber ?? '',
    insuranceCompany: quotation?.insuranceCompany ?? '',
    remarks: quotation?.remarks ?? '',
    items: /** @type {import('./lines.js').Line[]} */ (
      quotation ? quotation.items.map((/** @type {any} */ item) => newLine({ description: item.description, quantity: item.quantity, rate: typed(item.rate.amountMinor) })) : [newLine()]
    ),
  });
  const { values, errors } = form;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { currentTarget } = event;
    const look = () => focusFault(currentTarget);
    const lines = values.items.filter((line, at) => at === 0 || !isEmpty(line));
    if (lines.length < values.items.length) form.set({ items: lines });
    const faults = { ...(quotation ? {} : buyerFaults(values.buyer)), ...faultsOf(lines) };
    if (Object.keys(faults).length) {
      form.setErrors(faults);
      return look();
    }
    const { registrationNumber, accidentOn, claimNumber, insuranceCompany, remarks } = values;
    const content = {
      items: lines.map(itemOf),
      ...given({ registrationNumber: registrationNumber.trim(), accidentOn, claimNumber: claimNumber.trim(), insuranceCompany: insuranceCompany.trim(), remarks: remarks.trim() }),
    };
    const payload = quotation
      ? await form.send('QuotationUpdate', { quotation: quotation.id, ...content })
      : await form.send('QuotationCreate', { buyer: buyerInput(values.buyer), ...given({ branch: values.branch }), ...content }, { creates: true });
    if (!payload) return look();
    forget();
    say(t('quotation.saved', { number: payload.quotation.number }));
    onSaved?.();
    go(to(`quotations/${payload.quotation.id}`), { replaces: true });
  };
  return html`
    <${Panel}>
      <form class="form" onSubmit=${submit} novalidate>
        <${FormFault} fault=${form.fault} errors=${{ '': errors[''] ?? errors.quotation ?? '' }} />
        ${!quotation && html`
          <${BranchField} viewer=${viewer} ...${form.field('branch')} />
          <${BuyerField} viewer=${viewer} value=${values.buyer} onValue=${(/** @type {any} */ buyer) => form.set({ buyer })} errors=${errors} branch=${values.branch} />
        `}
        <div class="form-row">
          <${Field} ...${form.field('registrationNumber')} label=${t('quotation.registration')} maxlength="20" autocomplete="off" />
          <${Field} ...${form.field('insuranceCompany')} label=${t('quotation.insurer')} maxlength="120" autocomplete="off" />
          <${Field} ...${form.field('claimNumber')} label=${t('quotation.claim')} maxlength="40" autocomplete="off" />
          <${Field} ...${form.field('accidentOn')} label=${t('quotation.accident')} type="date" max=${today(zone(viewer))} />
        </div>
        <h2>${t('quotation.lines')}</h2>
        <${LineTable} lines=${values.items} onLines=${(/** @type {any} */ items) => form.set({ items })} errors=${errors} />
        <p class="hint">${t('quotation.provisional')}</p>
        <${Field} ...${form.field('remarks')} label=${t('offer.remarks')} rows=${2} maxlength="1000" />
        <div class="form-end">
          <${Button} href=${to(quotation ? `quotations/${quotation.id}` : 'quotations')} onClick=${forget}>${t('action.cancel')}</${Button}>
          <${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('quotation.save')}</${Button}>
        </div>
      </form>
    </${Panel}>
  `;
}
