/** Taking a delivery in: pasted from a spreadsheet, read from a file or typed; all of it or nothing. */

import { draft, useDraft } from '../../core/draft.js';
import { can } from '../../core/may.js';
import { useForm } from '../../core/form.js';
import { to } from '../../core/route.js';
import { t, today } from '../../core/text.js';
import { html, useMemo, useRef, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { FormFault } from '../../ui/field.js';
import { Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/state.js';
import { ArrivalTable } from './arrival_table.js';
import { arrivalOf, emptyRow, faultsOf, isEmpty, MOST, pathsOf, rowOf } from './arrivals.js';
import { BranchField, ChooseDealership, isInOne, useModels, zone } from '../place.js';
import { Received } from './received.js';
import { deliveryOf } from './sheet.js';
import { SheetInput } from './sheet_input.js';

/** @param {{ viewer: any }} props */
export function View({ viewer }) {
  const models = useModels(viewer);
  if (!isInOne(viewer)) return html`<${ChooseDealership} title=${t('nav.receive')} />`;
  if (!models) return html`<${Page} title=${t('nav.receive')}><${Loading} /></${Page}>`;
  return html`<${Delivery} viewer=${viewer} models=${models} />`;
}

/** @param {{ viewer: any, models: any[] }} props */
function Delivery({ viewer, models }) {
  const withCost = can(viewer, 'READ_COST');
  const kept = draft('delivery');
  const form = useForm({ branch: kept?.branch ?? '' });
  const [rows, setRows] = useState(/** @type {import('./arrivals.js').Row[]} */ (kept?.rows ?? [emptyRow()]));
  const [isChecked, setChecked] = useState(Boolean(kept));
  const [notes, setNotes] = useState(/** @type {string[]} */ ([]));
  const [done, setDone] = useState(/** @type {any[] | null} */ (null));
  const panel = useRef(/** @type {HTMLElement | null} */ (null));

  const filled = rows.filter((row) => !isEmpty(row));
  const faults = faultsOf(filled, today(zone(viewer)));
  // What is missing is told once somebody is done; what the server said, until it is changed.
  const errors = { ...form.errors, ...(isChecked ? faults : {}) };
  const wrong = new Set(Object.keys(errors).filter((path) => path.includes('.')).map((path) => path.split('.')[0])).size;

  const { branch } = form.values;
  useDraft('delivery', useMemo(() => ({ branch, rows }), [branch, rows]), filled.length > 0 && !done);

  const focus = (/** @type {string} */ selector) => setTimeout(() => /** @type {HTMLElement | null} */ (panel.current?.querySelector(selector))?.focus());
  const read = (/** @type {string} */ text) => {
    const delivery = deliveryOf(text);
    const added = delivery.rows.map((row) => rowOf(row, models));
    setRows((old) => [...old.filter((row) => !isEmpty(row)), ...added]);
    setChecked(true);
    setNotes([
      t(added.length === 1 ? 'receive.added.one' : 'receive.added', { count: added.length }),
      ...(delivery.hasHeadings ? [] : [t('receive.no_headings')]),
      ...(delivery.leftOut.length ? [t('receive.left_out', { columns: delivery.leftOut.join(', ') })] : []),
      ...(!withCost && delivery.rows.some((row) => row.cost) ? [t('receive.no_cost')] : []),
    ]);
  };
  const change = (/** @type {string} */ key, /** @type {Record<string, string>} */ changes) => {
    setRows((old) => old.map((row) => (row.key === key ? { ...row, ...changes } : row)));
    form.setErrors((/** @type {Record<string, string>} */ old) => Object.fromEntries(Object.entries(old).filter(([path]) => !Object.keys(changes).some((field) => path === `${key}.${field}`))));
  };
  const remove = (/** @type {string} */ key) => {
    const at = rows.findIndex((row) => row.key === key);
    const next = rows.filter((row) => row.key !== key);
    const left = next.length ? next : [emptyRow()];
    setRows(left);
    form.setErrors((/** @type {Record<string, string>} */ old) => Object.fromEntries(Object.entries(old).filter(([path]) => !path.startsWith(`${key}.`))));
    focus(`[data-row="${left[Math.min(at, left.length - 1)]?.key}"] button`);
  };
  const add = () => {
    const row = emptyRow();
    setRows((old) => [...old, row]);
    focus(`[data-row="${row.key}"] input`);
  };
  const enter = (/** @type {string} */ key) => {
    const next = rows[rows.findIndex((row) => row.key === key) + 1];
    if (next) focus(`[data-row="${next.key}"] input`);
    else add();
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setChecked(true);
    form.setErrors({});
    if (!filled.length || filled.length > MOST || Object.keys(faults).length) return void focus('[aria-invalid="true"]');
    const input = { ...(branch && { branch }), units: filled.map((row) => arrivalOf(row, withCost)) };
    const payload = await form.send('ReceiveUnits', input, { creates: true, fields: pathsOf(filled) });
    if (payload) setDone(payload.units);
    else focus('[aria-invalid="true"]');
  };
  const again = () => {
    setDone(null);
    setRows([emptyRow()]);
    setChecked(false);
    setNotes([]);
  };

  if (done) return html`<${Received} units=${done} again=${again} />`;
  return html`
    <${Page} title=${t('nav.receive')} lead=${html`<a href=${to('stock')}>${t('nav.stock')}</a>`}>
      <${SheetInput} onText=${read} notes=${notes} />
      <${Panel} title=${t('receive.rows')}>
        <form class="form" onSubmit=${submit} ref=${panel} novalidate>
          <${FormFault} fault=${form.fault} errors=${form.errors} />
          <${BranchField} viewer=${viewer} ...${form.field('branch')} />
          <${ArrivalTable} rows=${rows} models=${models} errors=${errors} withCost=${withCost} onChange=${change} onRemove=${remove} onEnter=${enter} />
          <div class="form-end">
            <p class="stock-tally" role="status">
              ${t(filled.length === 1 ? 'stock.count.one' : 'stock.count', { count: filled.length })}
              ${wrong > 0 && html` · <span class="error">${t(wrong === 1 ? 'receive.wrong.one' : 'receive.wrong', { count: wrong })}</span>`}
              ${filled.length > MOST && html` · <span class="error">${t('receive.too_many', { most: MOST })}</span>`}
              ${isChecked && !filled.length && html` · <span class="error">${t('receive.nothing')}</span>`}
            </p>
            <${Button} icon="plus" onClick=${add}>${t('receive.add')}</${Button}>
            <${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('receive.submit')}</${Button}>
          </div>
        </form>
      </${Panel}>
    </${Page}>
  `;
}
