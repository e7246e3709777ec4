/** How the numbers on documents are written. */

import { after } from '../../core/day.js';
import { useForm } from '../../core/form.js';
import { useQuery } from '../../core/query.js';
import { day, t, today, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { Panel } from '../../ui/page.js';
import { Answered } from '../../ui/state.js';
import { Table } from '../../ui/table.js';
import { RowActions, When, Zone } from './parts.js';

const SERIES = ['BILL', 'CREDIT_NOTE', 'PROFORMA', 'SALES_QUOTATION', 'QUOTATION', 'INVOICE'];

/** The accounting import's limit. */
const LONGEST = 21;

/** The serial that the law asks of tax invoices. */
const TAX_SERIAL = '{YY}{MMM}_{BRANCH}_{N}';

/** @param {{ viewer: any }} props */
export function Numbers({ viewer }) {
  const [series, setSeries] = useState(/** @type {string | null} */ (null));
  const answer = useQuery('AdminNumbers');
  const done = () => {
    setSeries(null);
    say(t('admin.saved'));
    answer.again();
  };
  return html`
    <${Answered} answer=${answer}>
      ${(/** @type {any} */ data) => html`<${Shown} viewer=${viewer} patterns=${data.viewer.dealership.numberPatterns} onSet=${setSeries} />`}
    </${Answered}>
    ${series && html`<${PatternForm} viewer=${viewer} series=${series} onDone=${done} onClose=${() => setSeries(null)} />`}
  `;
}

/** @param {{ viewer: any, patterns: any[], onSet: (series: string) => void }} props */
function Shown({ viewer, patterns, onSet }) {
  const now = today(viewer.viewer.dealership.timeZone);
  const present = (/** @type {string} */ of) => patterns.find((one) => one.series === of && one.validFrom <= now);
  const rows = SERIES.flatMap((series) => {
    const own = patterns.filter((one) => one.series === series && (one.validFrom > now || one === present(series)));
    return present(series) ? own : [...own, { id: series, series, isSystem: true }];
  });
  return html`
    <${Panel} title=${t('admin.tab.numbers')}>
      <p class="hint">${t('admin.numbers.text')}</p>
      <${Table} caption=${t('admin.tab.numbers')} rows=${rows} columns=${[
        { title: t('admin.numbers.of'), isMain: true, cell: (/** @type {any} */ one) => word('admin.series', one.series) },
        { title: t('admin.numbers.pattern'), cell: (/** @type {any} */ one) => one.isSystem ? t('admin.numbers.system') : html`<code>${one.pattern}</code>` },
        { title: t('admin.numbers.example'), cell: (/** @type {any} */ one) => one.isSystem ? '–' : html`<code>${example(one.pattern, now)}</code>` },
        { title: t('admin.from'), cell: (/** @type {any} */ one) => day(one.validFrom) },
        { title: t('admin.state'), cell: (/** @type {any} */ one) => html`<${When} of=${one.isSystem || one === present(one.series) ? 'present' : 'coming'} />` },
        { title: t('admin.actions'), cell: (/** @type {any} */ one) => html`<${RowActions} of=${word('admin.series', one.series)} actions=${[[t('admin.numbers.set'), () => onSet(one.series)]]} />` },
      ]} />
    </${Panel}>
  `;
}

/** @param {{ viewer: any, series: string, onDone: () => void, onClose: () => void }} props */
function PatternForm({ viewer, series, onDone, onClose }) {
  const now = today(viewer.viewer.dealership.timeZone);
  const form = useForm({ pattern: '', validFrom: after(now, 1) });
  const { pattern, validFrom } = form.values;
  const number = example(pattern, validFrom || now);
  const submit = async () => {
    const payload = await form.send('AdminSetNumberPattern', { series, pattern: pattern.trim(), validFrom }, { creates: true });
    if (payload) onDone();
  };
  return html`
    <${FormDialog} title=${t('admin.numbers.set.title', { series: word('admin.series', series) })} form=${form} action=${t('admin.numbers.set')} onSubmit=${submit} onClose=${onClose}>
      <${Field} ...${form.field('pattern')} label=${t('admin.numbers.pattern')} hint=${t('admin.numbers.hint', { year: '{YY}', month: '{MMM}', digits: '{MM}', branch: '{BRANCH}', serial: '{N}' })} required autofocus spellcheck=${false} autocapitalize="characters" />
      ${series === 'BILL' && html`<p><${Button} onClick=${() => form.set({ pattern: TAX_SERIAL })}>${t('admin.numbers.usual')}</${Button}></p>`}
      <p aria-live="polite">${pattern.trim() && html`${t('admin.numbers.like')} <code>${number}</code> <small>${t('admin.numbers.length', { length: number.length, most: LONGEST })}</small>`}</p>
      <${Field} ...${form.field('validFrom')} label=${t('admin.valid_from')} hint=${t('admin.numbers.from.hint')} type="date" min=${now} required />
      <${Zone} viewer=${viewer} />
    </${FormDialog}>
  `;
}

/** The fourth number of a month by a pattern. @param {string} pattern @param {string} on a day */
function example(pattern, on) {
  const [year = '', monthOfYear = ''] = on.split('-');
  const name = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' }).format(new Date(`${on}T00:00:00Z`)).toUpperCase();
  /** @type {Record<string, string>} */
  const parts = { YY: year.slice(2), MM: monthOfYear, MMM: name, BRANCH: 'BR01', N: '4' };
  return pattern.trim().replace(/\{(\w+)\}/g, (whole, part) => parts[part] ?? whole);
}
