/** How a look will be: the frame of the console, and a sheet of paper. */

import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { contrast, inkOn } from './contrast.js';

/**
 * @typedef {object} LookOf
 * @property {string} primaryColor
 * @property {string} name
 * @property {string | null} [brandPartner]
 * @property {string | null} [addressLine1]
 * @property {string | null} [addressLine2]
 * @property {string | null} [phone]
 * @property {string | null} [email]
 * @property {string | null} [logo] on this server
 * @property {string} footerNote
 */

/** @param {{ look: LookOf, spot: string }} props */
export function LookPreview({ look, spot }) {
  const colour = look.primaryColor;
  const reached = [look.phone, look.email].filter(Boolean).join(' · ');
  return html`
    <section class="look-preview" aria-label=${t('admin.look.preview')}>
      <h3>${t('admin.look.preview')}</h3>
      <div class="look-bar" style=${{ background: colour, color: inkOn(colour) }}>
        ${look.logo && html`<img src=${look.logo} alt="" />`}
        <span><strong>${look.name}</strong><small>${spot}</small></span>
      </div>
      <div class="look-sheet">
        <header style=${{ borderColor: colour }}>
          <div>
            <strong style=${{ color: colour }}>${look.name}</strong>
            ${look.brandPartner && html`<span>${look.brandPartner}</span>`}
            ${look.addressLine1 && html`<span>${look.addressLine1}</span>`}
            ${look.addressLine2 && html`<span>${look.addressLine2}</span>`}
            ${reached && html`<span>${reached}</span>`}
          </div>
          ${look.logo && html`<img src=${look.logo} alt="" />`}
        </header>
        <div class="look-lines" aria-hidden="true">${[60, 85, 75, 40].map((width) => html`<i key=${width} style=${{ width: `${width}%` }}></i>`)}</div>
        <footer>${look.footerNote}</footer>
      </div>
      <${Contrast} colour=${colour} />
    </section>
  `;
}

/** Contrast in words. @param {{ colour: string }} props */
function Contrast({ colour }) {
  const ink = inkOn(colour);
  const onPaper = contrast(colour, '#ffffff');
  const paper = onPaper >= 4.5 ? 'good' : onPaper >= 3 ? 'large' : 'poor';
  const figure = (/** @type {number} */ ratio) => ratio.toFixed(1);
  return html`
    <ul class="look-contrast" aria-live="polite">
      <li>${t(ink === '#ffffff' ? 'admin.contrast.white' : 'admin.contrast.black', { ratio: figure(contrast(colour, ink)) })}</li>
      <li class=${paper === 'poor' ? 'error' : ''}>${t(`admin.contrast.${paper}`, { ratio: figure(onPaper) })}</li>
    </ul>
  `;
}
