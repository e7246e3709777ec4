/** The logo: brought to a size that fits paper and screens, then sent. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html, useId, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { FormFault } from '../../ui/field.js';
import { Sure } from './parts.js';

/** The longest side in pixels, and the most bytes that the server takes. */
const SIDE = 500;
const BYTES = 150_000;

/** @param {{ branch: string | null, logo: string | null, onDone: () => void }} props */
export function Logo({ branch, logo, onDone }) {
  const form = useForm(/** @type {Record<string, any>} */ ({}));
  const [wrong, setWrong] = useState('');
  const [isRemoving, setRemoving] = useState(false);
  const id = useId();
  const of = branch ? { branch } : {};
  const take = async (/** @type {any} */ event) => {
    const [file] = event.target.files;
    event.target.value = '';
    if (!file) return;
    setWrong('');
    const image = await scaled(file).catch(() => null);
    if (!image) return setWrong(t('admin.logo.wrong'));
    if (await form.send('AdminSetLogo', { ...of, image })) {
      say(t('admin.saved'));
      onDone();
    }
  };
  const removed = () => {
    setRemoving(false);
    say(t('admin.saved'));
    onDone();
  };
  const refused = Object.values(form.errors)[0] ?? wrong;
  return html`
    <section class="logo-field" aria-labelledby=${`${id}-title`}>
      <h3 id=${`${id}-title`}>${t('admin.logo')}</h3>
      ${logo ? html`<img src=${logo} alt=${t('admin.logo.present')} />` : html`<p class="hint">${t('admin.logo.none')}</p>`}
      <${FormFault} fault=${form.fault} errors=${{ '': refused }} />
      <label class="label" for=${id}>${t('admin.logo.choose')}</label>
      <input id=${id} type="file" accept="image/png,image/jpeg,image/webp,image/svg+xml" onChange=${take} aria-describedby=${`${id}-hint`} />
      <p class="hint" id=${`${id}-hint`}>${form.isBusy ? t('state.loading') : t('admin.logo.hint')}</p>
      ${logo && html`<${Button} kind="quiet" onClick=${() => setRemoving(true)}>${t('admin.logo.remove')}</${Button}>`}
    </section>
    ${isRemoving && html`<${Sure} title=${t('admin.logo.remove')} text=${t('admin.logo.remove.text')} action=${t('admin.logo.remove')} operation="AdminSetLogo" input=${{ ...of, image: null }} onDone=${removed} onClose=${() => setRemoving(false)} />`}
  `;
}

/**
 * A picture as a PNG that is small enough, in base64.
 * @param {File} file
 */
async function scaled(file) {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    // A drawing without a size of its own is drawn as large as it may be.
    const [width, height] = image.naturalWidth ? [image.naturalWidth, image.naturalHeight] : [SIDE, SIDE];
    for (let side = Math.min(SIDE, Math.max(width, height)); side >= 60; side = Math.floor(side * 0.8)) {
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round((width * side) / Math.max(width, height)));
      canvas.height = Math.max(1, Math.round((height * side) / Math.max(width, height)));
      canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
      const data = canvas.toDataURL('image/png').split(',')[1] ?? '';
      if (data.length * 0.75 < BYTES) return data;
    }
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}
