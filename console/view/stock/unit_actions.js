/** What can be done with a unit in the state it is in. */

import { can } from '../../core/may.js';
import { useForm } from '../../core/form.js';
import { go, to } from '../../core/route.js';
import { minor, t, typed } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { Refused, useAct } from './act.js';
import { Offer } from './transfer_new.js';

/** What each state allows, in the order of the buttons. @type {Record<string, string[]>} */
const ALLOWED = {
  AVAILABLE: ['reserve', 'transfer', 'damage', 'correct', 'remove'],
  RESERVED: ['release', 'correct'],
  DAMAGED: ['repair', 'correct', 'remove'],
  IN_TRANSIT: ['correct'],
  SOLD: ['correct'],
};

/** @param {{ unit: any, viewer: any, again: () => void }} props */
export function UnitActions({ unit, viewer, again }) {
  const acting = useAct(again);
  const [open, setOpen] = useState('');
  const close = () => setOpen('');
  const done = () => {
    close();
    again();
  };
  const dialog = (/** @type {string} */ name) => () => setOpen(name);
  /** @type {Record<string, () => any>} */
  const buttons = {
    reserve: () => html`<${Button} isBusy=${acting.isBusy('UnitReserve', { unit: unit.id })} onClick=${() => acting.act('UnitReserve', { unit: unit.id }, t('unit.reserved'))}>${t('unit.reserve')}</${Button}>`,
    release: () => html`<${Button} isBusy=${acting.isBusy('UnitRelease', { unit: unit.id })} onClick=${() => acting.act('UnitRelease', { unit: unit.id }, t('unit.released'))}>${t('unit.release')}</${Button}>`,
    transfer: () => html`<${Button} onClick=${dialog('transfer')}>${t('unit.transfer')}</${Button}>`,
    damage: () => html`<${Button} onClick=${dialog('damage')}>${t('unit.damage')}</${Button}>`,
    repair: () => html`<${Button} onClick=${dialog('repair')}>${t('unit.repair')}</${Button}>`,
    correct: () => html`<${Button} onClick=${dialog('correct')}>${t('unit.correct')}</${Button}>`,
    remove: () => html`<${Button} kind="danger" onClick=${dialog('remove')}>${t('unit.remove')}</${Button}>`,
  };
  return html`
    <${Refused} of=${acting} />
    <div class="stock-actions">
      ${unit.status === 'AVAILABLE' && can(viewer, 'WRITE_BILLS') && html`<${Button} kind="primary" href=${to('new-bill', { unit: unit.id })}>${t('unit.sell')}</${Button}>`}
      ${(can(viewer, 'WRITE_STOCK') ? ALLOWED[unit.status] ?? [] : []).map((name) => html`<span key=${name}>${buttons[name]?.()}</span>`)}
    </div>
    ${unit.status === 'IN_TRANSIT' && can(viewer, 'WRITE_STOCK') && html`<p class="hint">${t('unit.on_its_way')} <a href=${to('transfers')}>${t('nav.transfers')}</a></p>`}
    ${open === 'damage' && html`<${Noted} unit=${unit} operation="UnitDamaged" title=${t('unit.damage')} label=${t('unit.damage.notes')} said=${t('unit.damaged')} onClose=${close} onDone=${done} />`}
    ${open === 'repair' && html`<${Noted} unit=${unit} operation="UnitRepair" title=${t('unit.repair')} label=${t('unit.repair.notes')} said=${t('unit.repaired')} onClose=${close} onDone=${done} />`}
    ${open === 'correct' && html`<${Correct} unit=${unit} viewer=${viewer} onClose=${close} onDone=${done} />`}
    ${open === 'remove' && html`<${Remove} unit=${unit} onClose=${close} />`}
    ${open === 'transfer' && html`<${Offer} unit=${unit} viewer=${viewer} onClose=${close} onDone=${done} />`}
  `;
}

/** @param {{ unit: any, operation: keyof import('../../types/operations.js').Operations, title: string, label: string, said: string, onClose: () => void, onDone: () => void }} props */
function Noted({ unit, operation, title, label, said, onClose, onDone }) {
  const form = useForm({ notes: '' });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const notes = form.values.notes.trim();
    if (!(await form.send(operation, { unit: unit.id, ...(notes && { notes }) }))) return;
    say(said);
    onDone();
  };
  return html`
    <${Dialog} title=${`${title}: ${unit.chassisNumber}`} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${form.fault} errors=${{ '': form.errors.unit ?? '' }} />
        <${Field} ...${form.field('notes')} label=${label} rows=${3} maxlength="500" hint=${unit.notes ? t('unit.notes.replace', { notes: unit.notes }) : t('unit.notes.optional')} />
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${title}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}

/** @param {{ unit: any, viewer: any, onClose: () => void, onDone: () => void }} props */
function Correct({ unit, viewer, onClose, onDone }) {
  const mayCost = can(viewer, 'READ_COST');
  const form = useForm({ colour: unit.colour ?? '', modelYear: unit.modelYear ? String(unit.modelYear) : '', cost: typed(unit.landedCost?.amountMinor), notes: unit.notes ?? '' });
  const { colour, modelYear, cost, notes } = form.values;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (modelYear.trim() && !/^\d{4}$/.test(modelYear.trim())) return form.setErrors({ modelYear: t('receive.error.year') });
    const landedCostMinor = mayCost && cost.trim() ? minor(cost) : undefined;
    if (landedCostMinor === null) return form.setErrors({ cost: t('receive.error.cost') });
    // What is left out is taken away, but for the cost.
    const input = { unit: unit.id, colour: colour.trim() || null, modelYear: modelYear.trim() ? Number(modelYear) : null, notes: notes.trim() || null, ...(landedCostMinor && { landedCostMinor }) };
    if (!(await form.send('UnitCorrect', input, { fields: { landedCostMinor: 'cost' } }))) return;
    say(t('unit.corrected'));
    onDone();
  };
  return html`
    <${Dialog} title=${`${t('unit.correct')}: ${unit.chassisNumber}`} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${form.fault} errors=${{ '': form.errors.unit ?? '' }} />
        <div class="form-row">
          <${Field} ...${form.field('colour')} label=${t('stock.colour')} maxlength="40" />
          <${Field} ...${form.field('modelYear')} label=${t('stock.year')} inputmode="numeric" maxlength="4" />
          ${mayCost && html`<${Field} ...${form.field('cost')} label=${t('stock.cost')} inputmode="decimal" />`}
        </div>
        <${Field} ...${form.field('notes')} label=${t('stock.notes')} rows=${3} maxlength="500" />
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('action.save')}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}

/** @param {{ unit: any, onClose: () => void }} props */
function Remove({ unit, onClose }) {
  const form = useForm({ reason: '' });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!(await form.send('UnitRemove', { unit: unit.id, reason: form.values.reason }))) return;
    say(t('unit.removed', { chassis: unit.chassisNumber }));
    go(to('stock'));
  };
  return html`
    <${Dialog} title=${`${t('unit.remove')}: ${unit.chassisNumber}`} onClose=${onClose}>
      <form class="form" onSubmit=${submit}>
        <p>${t('unit.remove.text')}</p>
        <${FormFault} fault=${form.fault} errors=${{ '': form.errors.unit ?? '' }} />
        <${Field} ...${form.field('reason')} label=${t('stock.reason')} required maxlength="500" rows=${2} />
        <div class="form-end"><${Button} onClick=${onClose}>${t('action.cancel')}</${Button}><${Button} kind="danger" type="submit" isBusy=${form.isBusy}>${t('unit.remove')}</${Button}></div>
      </form>
    </${Dialog}>
  `;
}
