/** Small pictures; words stand beside them or in their place. */

import { html } from '../core/view.js';

/** Paths within 24 by 24. @type {Record<string, string>} */
const PATHS = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm5 11.5L20 20',
  down: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12l5 5L19 7',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 8V4h10v4M7 17H4v-8h16v8h-3M7 14h10v6H7z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  info: 'M12 8h.01M12 11v5M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z',
  alert: 'M12 4 2.5 20h19zM12 10v4M12 17h.01',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  up: 'M12 19V5m-6 6 6-6 6 6',
  fall: 'M12 5v14m-6-6 6 6 6-6',
};

/** @param {{ name: string }} props */
export const Icon = ({ name }) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
