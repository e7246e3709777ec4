/** The settings of the dealership one acts in. */

import { can } from '../../core/may.js';
import { useForm } from '../../core/form.js';
import { useQuery } from '../../core/query.js';
import { language, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Check, Field, FormFault } from '../../ui/field.js';
import { Facts, Panel } from '../../ui/page.js';
import { Answered } from '../../ui/state.js';
import { shareOf, typedShare } from './amount.js';

/** @param {{ viewer: any }} props */
export function Settings({ viewer }) {
  const answer = useQuery('AdminSettings');
  return html`
    <${Answered} answer=${answer}>
      ${(/** @type {any} */ data) => html`
        <${Panel} title=${t('admin.settings')}>
          <${Facts} items=${[[t('admin.code'), html`<code>${data.viewer.dealership.code}</code>`], [t('admin.currency'), data.viewer.dealership.currency], [t('admin.time_zone'), data.viewer.dealership.timeZone]]} />
          ${can(viewer, 'ADMINISTER') && html`<${Form} dealership=${data.viewer.dealership} onDone=${answer.again} />`}
        </${Panel}>
      `}
    </${Answered}>
  `;
}

/** @param {{ dealership: any, onDone: () => void }} props */
function Form({ dealership, onDone }) {
  const form = useForm({
    name: dealership.name,
    discountLimitBp: typedShare(dealership.discountLimitBp),
    fiscalYearMonth: String(dealership.fiscalYearMonth),
    reportsNeedSecondFactor: dealership.reportsNeedSecondFactor,
  });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { name, discountLimitBp, fiscalYearMonth, reportsNeedSecondFactor } = form.values;
    const limit = shareOf(discountLimitBp);
    if (limit === null) return form.setErrors({ discountLimitBp: t('admin.share.wrong') });
    // The second factor of reports is named only when it changes: naming it asks for a fresh code.
    const changed = reportsNeedSecondFactor === dealership.reportsNeedSecondFactor ? {} : { reportsNeedSecondFactor };
    const payload = await form.send('AdminUpdateDealership', { name, discountLimitBp: limit, fiscalYearMonth: Number(fiscalYearMonth), ...changed });
    if (!payload) return undefined;
    say(t('admin.saved'));
    return onDone();
  };
  return html`
    <form class="form narrow" onSubmit=${submit}>
      <${FormFault} fault=${form.fault} errors=${form.errors} />
      <${Field} ...${form.field('name')} label=${t('admin.name')} required maxlength=${120} />
      <div class="form-row">
        <${Field} ...${form.field('discountLimitBp')} label=${t('admin.discount')} hint=${t('admin.discount.hint')} inputmode="decimal" required />
        <${Field} ...${form.field('fiscalYearMonth')} label=${t('admin.fiscal')} hint=${t('admin.fiscal.hint')} options=${monthNames()} />
      </div>
      <${Check} label=${t('admin.factor')} hint=${t('admin.factor.hint')} value=${form.values.reportsNeedSecondFactor} onValue=${(/** @type {boolean} */ value) => form.set({ reportsNeedSecondFactor: value })} />
      <div class="form-end"><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('action.save')}</${Button}></div>
    </form>
  `;
}

const monthNames = () => {
  const name = new Intl.DateTimeFormat(language.get(), { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, at) => ({ value: String(at + 1), text: name.format(new Date(Date.UTC(2026, at, 1))) }));
};
