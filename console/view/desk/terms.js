/** Price, and cash or leasing: of a new bill, and of an advance that is closed on other terms. */

import { useQuery } from '../../core/query.js';
import { t, typed } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { Amount, amountsOf } from './amount.js';

/** @typedef {{ sale: string, financeCompany: string, downPayment: string, price: string }} Terms */

/** @returns {Terms} */
export const emptyTerms = () => ({ sale: 'CASH', financeCompany: '', downPayment: '', price: '' });

/**
 * Terms as input, and what is wrong with what was typed.
 * @param {Terms} terms
 */
export function termsOf(terms) {
  const isLeasing = terms.sale === 'LEASING';
  const { amounts, errors } = amountsOf({
    ...(terms.price.trim() && { priceMinor: terms.price }),
    ...(isLeasing && { 'leasing.downPaymentMinor': terms.downPayment }),
  });
  if (isLeasing && !terms.financeCompany) errors['leasing.financeCompany'] = t('desk.finance_company.missing');
  const input = {
    ...('priceMinor' in amounts && { priceMinor: amounts.priceMinor }),
    ...(isLeasing && { leasing: { financeCompany: terms.financeCompany, downPaymentMinor: amounts['leasing.downPaymentMinor'] ?? 0 } }),
  };
  return { input, errors };
}

/**
 * @param {{ terms: Terms, onTerms: (changes: Partial<Terms>) => void, model: any, errors: Record<string, string>, currency: string }} props
 * `model`: `leasable` and `listPrice`, once it is known
 */
export function TermsFields({ terms, onTerms, model, errors, currency }) {
  const isLeasing = terms.sale === 'LEASING';
  const answer = useQuery('FinanceCompanies', isLeasing ? {} : null);
  const companies = answer.data?.financeCompanies.nodes ?? [];
  const mayLease = !model || model.leasable;
  const sales = [{ value: 'CASH', text: t('sale.CASH') }, { value: 'LEASING', text: t('sale.LEASING'), disabled: !mayLease }];
  const list = model ? t('desk.price.list', { price: model.listPrice.formatted }) : undefined;
  return html`
    <div class="form-row">
      <${Field} label=${t('desk.sale')} name="sale" options=${sales} value=${terms.sale} hint=${mayLease ? undefined : t('desk.not_leasable')} onValue=${(/** @type {string} */ sale) => onTerms({ sale })} error=${errors.leasing} />
      <${Amount} label=${t('desk.price', { currency })} name="price" value=${terms.price} placeholder=${model ? typed(model.listPrice.amountMinor) : ''} hint=${list} onValue=${(/** @type {string} */ price) => onTerms({ price })} error=${errors.priceMinor} />
    </div>
    ${isLeasing && html`
      <div class="form-row">
        <${Field} label=${t('desk.finance_company')} name="financeCompany" required empty=${t('desk.finance_company.choose')} options=${companies.map((/** @type {any} */ one) => ({ value: one.id, text: one.name }))} value=${terms.financeCompany} onValue=${(/** @type {string} */ financeCompany) => onTerms({ financeCompany })} error=${errors['leasing.financeCompany']} />
        <${Amount} label=${t('desk.down_payment', { currency })} name="downPayment" required value=${terms.downPayment} onValue=${(/** @type {string} */ downPayment) => onTerms({ downPayment })} error=${errors['leasing.downPaymentMinor']} />
      </div>`}
  `;
}
