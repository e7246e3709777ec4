/** A page with one form on it. */

import { html, useEffect } from '../../core/view.js';

/** @param {{ title: string, lead?: string, children?: any }} props */
export function Alone({ title, lead, children }) {
  useEffect(() => {
    document.title = `${title} · Forecourt`;
  }, [title]);
  return html`<main class="alone"><p class="wordmark">Forecourt</p><h1>${title}</h1>${lead && html`<p class="lead">${lead}</p>`}${children}</main>`;
}
