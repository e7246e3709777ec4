/** Keys that work everywhere. They are held with Alt, so that typing is never taken for one. */

import { can } from '../../core/may.js';
import { go, to } from '../../core/route.js';
import { useEffect } from '../../core/view.js';

/** Alt+K: switch place; Alt+N: a new bill; Alt+F or `/`: find. @param {any} viewer */
export function useKeys(viewer) {
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]');
      const find = () => document.getElementById('find')?.focus();
      if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        return find();
      }
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      // By the place of the key: with Alt held, some keyboards write other signs.
      if (event.code === 'KeyK') dispatchEvent(new CustomEvent('forecourt:switch'));
      else if (event.code === 'KeyF') find();
      else if (event.code === 'KeyN' && viewer && can(viewer, 'WRITE_BILLS')) go(to('new-bill'));
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [viewer]);
}
