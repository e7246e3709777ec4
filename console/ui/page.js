/** The head of a view, panels within it, and marks of a state. */

import { word } from '../core/text.js';
import { html, useEffect } from '../core/view.js';

/** @param {{ title: string, lead?: any, actions?: any, children?: any }} props */
export function Page({ title, lead, actions, children }) {
  useEffect(() => {
    document.title = `${title} · Forecourt`;
  }, [title]);
  return html`
    <div class="page">
      <header class="page-head"><div><h1>${title}</h1>${lead && html`<p class="lead">${lead}</p>`}</div>${actions && html`<div class="actions">${actions}</div>`}</header>
      ${children}
    </div>
  `;
}

/** @param {{ title?: string, actions?: any, children?: any, class?: string }} props */
export const Panel = ({ title, actions, children, ...rest }) => html`
  <section class=${`panel ${rest.class ?? ''}`}>
    ${(title || actions) && html`<header class="panel-head">${title && html`<h2>${title}</h2>`}${actions}</header>`}
    ${children}
  </section>
`;

/** Which colour a state has. @type {Record<string, string>} */
const TONES = {
  COMPLETED: 'good', DONE: 'good', ACCEPTED: 'good', CONVERTED: 'info', RECEIVED: 'good', AVAILABLE: 'good', WON: 'good', LIVE: 'good',
  PENDING: 'wait', RESERVED: 'wait', SENT: 'info', REQUESTED: 'wait', IN_TRANSIT: 'info', RUNNING: 'info', READY: 'wait', WAITING: 'wait', OPEN: 'info', QUOTED: 'wait',
  CANCELLED: 'off', CREDITED: 'bad', REJECTED: 'bad', DAMAGED: 'bad', FAILED: 'bad', SOLD: 'off', LOST: 'off', EXPIRED: 'off', REVOKED: 'bad', DRAFT: 'off', ROTATED: 'off', CLOSED: 'off',
};

/** A state in a word, told apart by more than its colour. @param {{ of: string, area?: string }} props */
export const State = ({ of, area = 'status' }) => html`<span class=${`mark is-${TONES[of] ?? 'off'}`}>${word(area, of)}</span>`;

/** Names and values, one under the other. @param {{ items: Array<[string, any] | false | null | undefined> }} props */
export const Facts = ({ items }) => html`<dl class="facts">${items.map((item) => item && html`<div key=${item[0]}><dt>${item[0]}</dt><dd>${item[1]}</dd></div>`)}</dl>`;

/**
 * Tabs by links: each has its address.
 * @param {{ label: string, tabs: Array<{ href: string, text: string, isCurrent: boolean }> }} props
 */
export const Tabs = ({ label, tabs }) => html`<nav class="tabs" aria-label=${label}>${tabs.map((tab) => html`<a key=${tab.href} href=${tab.href} aria-current=${tab.isCurrent ? 'page' : undefined}>${tab.text}</a>`)}</nav>`;
