/** A button and what it opens; Escape and a click elsewhere close it. */

import { html, useEffect, useId, useRef, useState } from '../../core/view.js';

/** @param {{ label: string, button: any, children?: any }} props */
export function Menu({ label, button, children }) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const id = useId();
  useEffect(() => {
    if (!isOpen) return undefined;
    const away = (/** @type {Event} */ event) => !root.current?.contains(/** @type {Node} */ (event.target)) && setOpen(false);
    const escape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    addEventListener('click', away, true);
    addEventListener('focusin', away);
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('click', away, true);
      removeEventListener('focusin', away);
      removeEventListener('keydown', escape);
    };
  }, [isOpen]);
  return html`
    <div class="menu" ref=${root}>
      <button type="button" class="menu-button" aria-expanded=${isOpen} aria-controls=${isOpen ? id : undefined} onClick=${() => setOpen(!isOpen)}>${button}<span class="unseen">${label}</span></button>
      ${isOpen && html`<div class="menu-list" id=${id} onClick=${(/** @type {any} */ event) => event.target.closest('a') && setOpen(false)}>${children}</div>`}
    </div>
  `;
}
