/** Opening a dealership, with its first branch and its first administrator. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';

/** Where the input's parts are in the form. */
const FIELDS = { 'branch.code': 'branchCode', 'branch.name': 'branchName', 'admin.name': 'adminName', 'admin.email': 'adminEmail' };

/** @param {{ onDone: (dealership: any) => void, onClose: () => void }} props */
export function OpenDealership({ onDone, onClose }) {
  const form = useForm({ name: '', code: '', currency: 'LKR', timeZone: 'Asia/Colombo', tin: '', branchCode: 'BR01', branchName: '', adminName: '', adminEmail: '' });
  const submit = async () => {
    const { name, code, currency, timeZone, tin, branchCode, branchName, adminName, adminEmail } = form.values;
    const input = {
      name,
      code: code.trim(),
      currency: currency.trim().toUpperCase(),
      timeZone,
      tin: tin.trim() || null,
      branch: { code: branchCode.trim().toUpperCase(), name: branchName },
      admin: { name: adminName, email: adminEmail.trim() },
    };
    const payload = await form.send('AdminOpenDealership', input, { creates: true, fields: FIELDS });
    if (payload) onDone(payload.dealership);
  };
  return html`
    <${FormDialog} title=${t('admin.dealership.open')} form=${form} action=${t('admin.dealership.open')} isWide onSubmit=${submit} onClose=${onClose}>
      <div class="form-row">
        <${Field} ...${form.field('name')} label=${t('admin.name')} required autofocus maxlength=${120} />
        <${Field} ...${form.field('code')} label=${t('admin.dealership.code')} hint=${t('admin.dealership.code.hint')} required autocapitalize="none" spellcheck=${false} />
      </div>
      <div class="form-row">
        <${Field} ...${form.field('currency')} label=${t('admin.currency')} hint=${t('admin.stays')} required maxlength=${3} />
        <${Field} ...${form.field('timeZone')} label=${t('admin.time_zone')} hint=${t('admin.stays')} required options=${zones(form.values.timeZone)} />
        <${Field} ...${form.field('tin')} label=${t('admin.tin')} hint=${t('admin.dealership.tin.hint')} />
      </div>
      <fieldset><legend>${t('admin.dealership.first_branch')}</legend>
        <div class="form-row">
          <${Field} ...${form.field('branchCode')} label=${t('admin.code')} hint=${t('admin.branch.code.hint')} required maxlength=${6} />
          <${Field} ...${form.field('branchName')} label=${t('admin.name')} required maxlength=${80} />
        </div>
      </fieldset>
      <fieldset><legend>${t('admin.dealership.first_admin')}</legend>
        <div class="form-row">
          <${Field} ...${form.field('adminName')} label=${t('admin.name')} required maxlength=${120} />
          <${Field} ...${form.field('adminEmail')} label=${t('admin.email')} type="email" required />
        </div>
        <p class="hint">${t('admin.dealership.first_admin.hint')}</p>
      </fieldset>
    </${FormDialog}>
  `;
}

/** @param {string} present */
const zones = (present) => [...new Set([present, ...Intl.supportedValuesOf('timeZone')])].map((value) => ({ value, text: value.replaceAll('_', ' ') }));
