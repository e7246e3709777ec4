/** What a branch is to sell, month by month. */

import { useForm } from '../../core/form.js';
import { useQuery } from '../../core/query.js';
import { minor, money, month, number, t, today, typed } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { Answered } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { months } from './amount.js';

/** @param {{ viewer: any, branch: any, onClose: () => void }} props */
export function Targets({ viewer, branch, onClose }) {
  const answer = useQuery('AdminTargets', { branch: branch.id });
  return html`
    <${Dialog} title=${t('admin.targets.title', branch)} isWide onClose=${onClose}>
      <${Answered} answer=${answer} rows=${4}>
        ${(/** @type {any} */ data) => html`<${Shown} viewer=${viewer} branch=${branch} targets=${data.node?.targets ?? []} onDone=${answer.again} />`}
      </${Answered}>
    </${Dialog}>
  `;
}

/** @param {{ viewer: any, branch: any, targets: any[], onDone: () => void }} props */
function Shown({ viewer, branch, targets, onDone }) {
  const { timeZone, currency } = viewer.viewer.dealership;
  const present = `${today(timeZone).slice(0, 7)}-01`;
  const held = (/** @type {string} */ of) => {
    const target = targets.find((one) => one.month === of);
    return { month: of, units: target?.units?.toString() ?? '', revenueMinor: typed(target?.revenue?.amountMinor) };
  };
  const form = useForm(held(present));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const units = form.values.units.trim();
    const revenue = form.values.revenueMinor.trim();
    const errors = {
      ...(units && !/^\d{1,6}$/.test(units) && { units: t('admin.targets.units.wrong') }),
      ...(revenue && minor(revenue) === null && { revenueMinor: t('admin.amount.wrong') }),
    };
    if (Object.keys(errors).length) return form.setErrors(errors);
    const input = { branch: branch.id, month: form.values.month, units: units ? Number(units) : null, revenueMinor: revenue ? minor(revenue) : null };
    const payload = await form.send('AdminSetTarget', input, { creates: true });
    if (!payload) return undefined;
    say(t('admin.saved'));
    return onDone();
  };
  return html`
    <form class="form" onSubmit=${submit}>
      <${FormFault} fault=${form.fault} errors=${form.errors} />
      <div class="form-row">
        <${Field} ...${form.field('month')} label=${t('admin.month')} options=${months({ back: 2, ahead: 12, timeZone })} onValue=${(/** @type {string} */ value) => form.set(held(value))} />
        <${Field} ...${form.field('units')} label=${t('admin.targets.units')} hint=${t('admin.targets.empty')} inputmode="numeric" />
        <${Field} ...${form.field('revenueMinor')} label=${t('admin.targets.revenue', { currency })} hint=${t('admin.targets.revenue.hint')} inputmode="decimal" />
      </div>
      <div class="form-end"><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('admin.targets.set')}</${Button}></div>
    </form>
    ${targets.length
      ? html`<${Table} caption=${t('admin.targets')} rows=${targets.slice(0, 24)} columns=${[
          { title: t('admin.month'), isMain: true, cell: (/** @type {any} */ one) => month(one.month) },
          { title: t('admin.targets.units'), isNumber: true, cell: (/** @type {any} */ one) => number(one.units) },
          { title: t('admin.targets.revenue.short'), isNumber: true, cell: (/** @type {any} */ one) => money(one.revenue) },
        ]} />`
      : html`<p class="hint">${t('admin.targets.none')}</p>`}
  `;
}
