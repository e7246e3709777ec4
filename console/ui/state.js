/** What a view shows while there is nothing to show. */

import { t } from '../core/text.js';
import { html } from '../core/view.js';
import { Button } from './button.js';

/** @param {{ title: string, text?: string, children?: any }} props */
export const Empty = ({ title, text, children }) => html`<div class="state"><h2>${title}</h2>${text && html`<p>${text}</p>`}${children}</div>`;

/** Grey shapes where rows will be; nothing moves when they come. @param {{ rows?: number }} props */
export const Loading = ({ rows = 6 }) => html`<div class="skeleton" role="status" aria-label=${t('state.loading')}>${Array.from({ length: rows }, (_, at) => html`<div key=${at} class="bone"></div>`)}</div>`;

/** @param {{ fault: import('../core/fault.js').Fault, again?: () => void }} props */
export function Failed({ fault, again }) {
  const kind = fault.isOffline ? 'offline' : fault.isDenied ? 'denied' : fault.code === 'NOT_FOUND' ? 'missing' : 'failed';
  return html`
    <div class="state is-${kind}" role="alert">
      <h2>${t(`state.${kind}.title`)}</h2>
      <p>${kind === 'failed' ? fault.message : t(`state.${kind}.text`)}</p>
      ${fault.more.traceId && html`<p><small>${t('state.trace')} ${fault.more.traceId}</small></p>`}
      ${again && kind !== 'denied' && html`<${Button} onClick=${again}>${t('action.again')}</${Button}>`}
    </div>
  `;
}

/**
 * The view of an answer: what is there, or why it is not. What is there stays while it is read anew.
 * @param {{ answer: import('../core/query.js').Answer<any>, children: (data: any) => any, rows?: number }} props
 */
export function Answered({ answer, children, rows }) {
  if (answer.data) return html`${answer.fault && html`<${Failed} fault=${answer.fault} again=${answer.again} />`}${children(answer.data)}`;
  if (answer.fault) return html`<${Failed} fault=${answer.fault} again=${answer.again} />`;
  return html`<${Loading} rows=${rows} />`;
}
