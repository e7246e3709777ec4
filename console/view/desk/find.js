/** One box for anything: what of the bills, bikes, customers and quotations begins like what was typed. */

import { useQuery } from '../../core/query.js';
import { to } from '../../core/route.js';
import { day, t, word } from '../../core/text.js';
import { html, useEffect, useRef } from '../../core/view.js';
import { Page, Panel, State } from '../../ui/page.js';
import { Answered, Empty } from '../../ui/state.js';

/** Rows of a group. */
const MOST = 10;

/**
 * @typedef {object} Group
 * @property {string} name
 * @property {string} title
 * @property {any[]} rows
 * @property {string | null} more where the rest of them is
 * @property {(row: any) => { href: string, text: string, hint: string, state?: string }} line
 */

/** @param {{ query: URLSearchParams }} props */
export function View({ query }) {
  const text = (query.get('q') ?? '').trim();
  const answer = useQuery('Search', text ? { text, first: MOST } : null);
  return html`
    <${Page} title=${text ? t('desk.find.title', { text }) : t('desk.find')}>
      ${text
        ? html`<${Answered} answer=${answer}>${(/** @type {any} */ data) => html`<${Found} key=${text} groups=${groupsOf(data.search, text)} text=${text} />`}</${Answered}>`
        : html`<${Empty} title=${t('desk.find.empty')} text=${t('desk.find.hint')} />`}
    </${Page}>
  `;
}

/** @param {any} data @param {string} text @returns {Group[]} */
function groupsOf(data, text) {
  const q = { q: text };
  const more = (/** @type {any[]} */ rows, /** @type {string} */ view) => (rows.length === MOST ? to(view, q) : null);
  const facts = (/** @type {any[]} */ ...parts) => parts.filter(Boolean).join(' · ');
  /** @type {Group[]} */
  const all = [
    { name: 'bills', title: t('nav.bills'), rows: data.bills, more: more(data.bills, 'bills'), line: (one) => ({ href: to(`bills/${one.id}`), text: one.number, hint: facts(one.buyer.name, one.modelName, one.chassisNumber, day(one.date), one.branch.code), state: one.status }) },
    { name: 'units', title: t('nav.stock'), rows: data.units, more: more(data.units, 'stock'), line: (one) => ({ href: to('stock', { q: one.chassisNumber }), text: one.chassisNumber, hint: facts(one.model.name, one.colour, one.motorNumber, one.branch.code), state: one.status }) },
    { name: 'customers', title: t('nav.customers'), rows: data.customers, more: more(data.customers, 'customers'), line: (one) => ({ href: to(`customers/${one.id}`), text: one.name, hint: facts(one.phone, one.branch.code) }) },
    { name: 'offers', title: t('nav.offers'), rows: data.salesQuotations, more: more(data.salesQuotations, 'offers'), line: (one) => ({ href: to(`offers/${one.id}`), text: one.number, hint: facts(one.buyer.name, one.modelName, day(one.date), one.branch.code), state: one.status }) },
    { name: 'quotations', title: t('nav.quotations'), rows: data.quotations, more: more(data.quotations, 'quotations'), line: (one) => ({ href: to(`quotations/${one.id}`), text: one.number, hint: facts(one.buyer.name, word('quotation_kind', one.kind), day(one.date), one.branch.code), state: one.status }) },
  ];
  return all.filter((group) => group.rows.length > 0);
}

/** @param {{ groups: Group[], text: string }} props */
function Found({ groups, text }) {
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  // Enter in the box brought us here; Enter once more opens the first.
  useEffect(() => /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector('.lines a'))?.focus(), []);
  if (!groups.length) return html`<${Empty} title=${t('desk.find.none', { text })} text=${t('desk.find.hint')} />`;
  const count = groups.reduce((sum, group) => sum + group.rows.length, 0);
  return html`
    <p class="unseen" role="status">${t('desk.options', { count })}</p>
    <div class="found" ref=${root}>
      ${groups.map((group) => html`
        <${Panel} key=${group.name} title=${group.title} data-group=${group.name} actions=${group.more && html`<a href=${group.more}>${t('desk.find.all')}</a>`}>
          <ul class="lines">${group.rows.map((row) => {
            const { href, text: name, hint, state } = group.line(row);
            return html`<li key=${row.id}><span class="row is-apart"><a href=${href}>${name}</a>${state && html`<${State} of=${state} />`}</span><small>${hint}</small></li>`;
          })}</ul>
        </${Panel}>`)}
    </div>
  `;
}
