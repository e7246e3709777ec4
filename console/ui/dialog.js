/** Something that has to be settled before going on; and messages that pass. */

import { signal, useSignal } from '../core/signal.js';
import { t } from '../core/text.js';
import { html, useEffect, useId, useRef } from '../core/view.js';
import { Button } from './button.js';
import { Icon } from './icon.js';

/**
 * @param {{ title: string, children?: any, onClose?: () => void, isWide?: boolean }} props without `onClose` it stays until it is settled
 */
export function Dialog({ title, children, onClose, isWide = false }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    const own = dialog.current;
    const from = document.activeElement;
    own?.showModal();
    return () => {
      own?.close();
      // It is out of the page by now: the browser does not give the focus back by itself.
      if (from instanceof HTMLElement && from.isConnected) from.focus();
    };
  }, []);
  const cancel = (/** @type {Event} */ event) => {
    event.preventDefault();
    onClose?.();
  };
  // At the second Escape browsers close it whatever is said: what has to be settled is there again.
  const closed = (/** @type {any} */ { target }) => {
    if (!target.isConnected) return;
    if (onClose) onClose();
    else target.showModal();
  };
  return html`
    <dialog ref=${dialog} class=${isWide ? 'dialog is-wide' : 'dialog'} aria-labelledby=${id} onCancel=${cancel} onClose=${closed}>
      <header>
        <h2 id=${id}>${title}</h2>
        ${onClose && html`<button type="button" class="bare" aria-label=${t('action.close')} onClick=${onClose}><${Icon} name="close" /></button>`}
      </header>
      ${children}
    </dialog>
  `;
}

/** @type {ReturnType<typeof signal<{ text: string, kind: string, at: number } | null>>} */
const message = signal(/** @type {{ text: string, kind: string, at: number } | null} */ (null));

/** Says something that passes. @param {string} text @param {'good' | 'bad'} [kind] */
export const say = (text, kind = 'good') => message.set({ text, kind, at: Date.now() });

/** Where it is said; once in the page. */
export function Messages() {
  const said = useSignal(message);
  useEffect(() => {
    if (!said) return undefined;
    const timer = setTimeout(() => message.set(null), 6000);
    return () => clearTimeout(timer);
  }, [said]);
  return html`<div class="messages" role="status" aria-live="polite">
    ${said && html`<p class=${`message is-${said.kind}`}>${said.text}<${Button} kind="quiet" icon="close" aria-label=${t('action.close')} onClick=${() => message.set(null)} /></p>`}
  </div>`;
}
