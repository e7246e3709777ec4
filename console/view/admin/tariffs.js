/** What the registrar charges, and the taxes: each from a day on. */

import { after } from '../../core/day.js';
import { useForm } from '../../core/form.js';
import { useQuery } from '../../core/query.js';
import { day, minor, money, t, today, typed, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Check, Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { Panel } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { share, shareOf, typedShare } from './amount.js';
import { When, Zone } from './parts.js';
import { Taxes } from './taxes.js';

const KINDS = [
  ['E_MOTORCYCLE', 'CASH'],
  ['E_MOTORCYCLE', 'LEASING'],
  ['E_MOTORBICYCLE', 'CASH'],
  ['E_MOTORBICYCLE', 'LEASING'],
  ['E_TRICYCLE', 'CASH'],
  ['E_TRICYCLE', 'LEASING'],
];

/** @param {any} tariff @param {string} now */
const whenOf = (tariff, now) => (tariff.validFrom > now ? 'coming' : tariff.validTo && tariff.validTo < now ? 'past' : 'present');

/** @param {{ viewer: any }} props */
export function Tariffs({ viewer }) {
  const answer = useQuery('AdminTariffs');
  return html`
    <${Answered} answer=${answer}>
      ${(/** @type {any} */ data) => html`
        <${Charges} viewer=${viewer} tariffs=${data.viewer.dealership.tariffs} onDone=${answer.again} />
        <${Taxes} viewer=${viewer} profiles=${data.viewer.dealership.taxProfiles} onDone=${answer.again} />
      `}
    </${Answered}>
  `;
}

/** @param {{ viewer: any, tariffs: any[], onDone: () => void }} props */
function Charges({ viewer, tariffs, onDone }) {
  const [hasPast, setPast] = useState(false);
  const [isSetting, setSetting] = useState(/** @type {any} */ (null));
  const now = today(viewer.viewer.dealership.timeZone);
  const rank = (/** @type {any} */ one) => KINDS.findIndex(([vehicle, sale]) => vehicle === one.vehicleClass && sale === one.saleType);
  const rows = tariffs
    .filter((one) => hasPast || whenOf(one, now) !== 'past')
    .sort((one, other) => rank(one) - rank(other) || other.validFrom.localeCompare(one.validFrom));
  const done = () => {
    setSetting(null);
    say(t('admin.saved'));
    onDone();
  };
  const set = html`<${Button} kind="primary" icon="plus" onClick=${() => setSetting({})}>${t('admin.tariff.set')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.tariffs')} actions=${set}>
      <${Check} label=${t('admin.past.show')} value=${hasPast} onValue=${setPast} />
      ${rows.length ? html`<${Table} caption=${t('admin.tariffs')} rows=${rows} columns=${[
        { title: t('admin.class'), isMain: true, cell: (/** @type {any} */ one) => word('class', one.vehicleClass) },
        { title: t('admin.sold'), cell: (/** @type {any} */ one) => word('admin.sale', one.saleType) },
        { title: t('admin.tariff.charge'), isNumber: true, cell: (/** @type {any} */ one) => money(one.rmvCharge) },
        { title: t('admin.tariff.cap'), isNumber: true, cell: (/** @type {any} */ one) => share(one.ltvCapBp) },
        { title: t('admin.from'), cell: (/** @type {any} */ one) => html`${day(one.validFrom)}${one.validTo && html` <small>${t('admin.until', { day: day(one.validTo) })}</small>`}` },
        { title: t('admin.state'), cell: (/** @type {any} */ one) => html`<${When} of=${whenOf(one, now)} />` },
      ]} />` : html`<${Empty} title=${t('admin.tariff.none')} text=${t('admin.tariff.none.text')} />`}
    </${Panel}>
    ${isSetting && html`<${TariffForm} viewer=${viewer} tariffs=${tariffs} now=${now} onDone=${done} onClose=${() => setSetting(null)} />`}
  `;
}

/** @param {{ viewer: any, tariffs: any[], now: string, onDone: () => void, onClose: () => void }} props */
function TariffForm({ viewer, tariffs, now, onDone, onClose }) {
  const held = (/** @type {string} */ vehicleClass, /** @type {string} */ saleType) => {
    const present = tariffs.find((one) => one.vehicleClass === vehicleClass && one.saleType === saleType && whenOf(one, now) === 'present');
    return { vehicleClass, saleType, rmvChargeMinor: typed(present?.rmvCharge.amountMinor), ltvCapBp: typedShare(present?.ltvCapBp) };
  };
  const form = useForm({ ...held('E_MOTORCYCLE', 'CASH'), validFrom: after(now, 1) });
  const { vehicleClass, saleType, rmvChargeMinor, ltvCapBp, validFrom } = form.values;
  const isLeasing = saleType === 'LEASING';
  const submit = async () => {
    const charge = minor(rmvChargeMinor);
    const cap = isLeasing && ltvCapBp.trim() ? shareOf(ltvCapBp) : undefined;
    const errors = { ...(charge === null && { rmvChargeMinor: t('admin.amount.wrong') }), ...(cap === null && { ltvCapBp: t('admin.share.wrong') }) };
    if (Object.keys(errors).length) return form.setErrors(errors);
    const payload = await form.send('AdminSetTariff', { vehicleClass, saleType, validFrom, rmvChargeMinor: charge, ltvCapBp: cap ?? null }, { creates: true });
    return payload && onDone();
  };
  const options = (/** @type {string} */ area, /** @type {string[]} */ words) => words.map((value) => ({ value, text: word(area, value) }));
  return html`
    <${FormDialog} title=${t('admin.tariff.set')} form=${form} action=${t('admin.tariff.set')} onSubmit=${submit} onClose=${onClose}>
      <div class="form-row">
        <${Field} ...${form.field('vehicleClass')} label=${t('admin.class')} options=${options('class', [...new Set(KINDS.map(([one = '']) => one))])} onValue=${(/** @type {string} */ value) => form.set(held(value, saleType))} />
        <${Field} ...${form.field('saleType')} label=${t('admin.sold')} options=${options('admin.sale', ['CASH', 'LEASING'])} onValue=${(/** @type {string} */ value) => form.set(held(vehicleClass, value))} />
      </div>
      <div class="form-row">
        <${Field} ...${form.field('rmvChargeMinor')} label=${t('admin.tariff.charge.of', { currency: viewer.viewer.dealership.currency })} inputmode="decimal" required />
        ${isLeasing && html`<${Field} ...${form.field('ltvCapBp')} label=${t('admin.tariff.cap.percent')} hint=${t('admin.tariff.cap.hint')} inputmode="decimal" />`}
      </div>
      <${Field} ...${form.field('validFrom')} label=${t('admin.valid_from')} hint=${t('admin.valid_from.hint')} type="date" min=${now} required />
      <${Zone} viewer=${viewer} />
    </${FormDialog}>
  `;
}
