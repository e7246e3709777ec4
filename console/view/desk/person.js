/** Fields of a person, with a look at whether somebody like this is known. */

import { useSettled } from '../../core/settled.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { useKnown } from './known.js';

/**
 * @param {{ viewer: any, form: any, path?: string, branch?: string, except?: string, onUse?: (customer: any) => void, needsPhone?: boolean }} props
 * `path`: where the input has the person; `except`: the customer that is being corrected; `onUse`: takes the one who is known
 */
export function PersonFields({ viewer, form, path = '', branch, except, onUse, needsPhone = false }) {
  const { nic, phone } = form.values;
  const of = useSettled(`${nic}|${phone}`);
  const [settledNic = '', settledPhone = ''] = of.split('|');
  const known = useKnown(viewer, { nic: settledNic, phone: settledPhone }).customers.filter((one) => one.id !== except);
  const at = (/** @type {string} */ name) => ({ ...form.field(name), error: form.errors[path ? `${path}.${name}` : name] });
  return html`
    <${Field} ...${at('name')} label=${t('desk.name')} required autocomplete="off" maxlength="200" />
    <div class="form-row">
      <${Field} ...${at('nic')} label=${t('desk.nic')} autocomplete="off" spellcheck=${false} />
      <${Field} ...${at('phone')} label=${t('desk.phone')} type="tel" autocomplete="off" required=${needsPhone} />
    </div>
    ${known.length > 0 && html`
      <div class="known" role="status">
        ${known.slice(0, 3).map((one) => html`
          <p key=${one.id}>${t('desk.known', { name: one.name })} <small>${[one.phone, one.branch.name].filter(Boolean).join(' · ')}</small>
            ${onUse && (!branch || one.branch.id === branch) && html` <button type="button" class="link" data-act="use-known" onClick=${() => onUse(one)}>${t('desk.known.use')}</button>`}</p>`)}
      </div>`}
    <${Field} ...${at('address')} label=${t('desk.address')} autocomplete="off" maxlength="500" />
  `;
}
