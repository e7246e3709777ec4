/** What every view is made of: Preact, its hooks, and templates instead of JSX. */

import htm from '../vendor/htm.js';
import { h } from '../vendor/preact.js';

export { createContext, Fragment, render } from '../vendor/preact.js';
export {
  useCallback,
  useContext,
  useEffect,
  useErrorBoundary,
  useId,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from '../vendor/hooks.js';

/** Markup: html`<p class="lead">${text}</p>`. Texts are escaped; there is no way to put markup in as a text. */
export const html = htm.bind(h);
