/** The console begins here. */

import { speak } from './core/text.js';
import { html, render } from './core/view.js';
import { Root } from './view/root.js';
import { paint } from './view/theme.js';

paint();
await speak();
const root = document.getElementById('console');
if (root) render(html`<${Root} />`, root);
