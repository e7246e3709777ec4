/** Where a table is pasted, or the file that has it is chosen. */

import { t } from '../../core/text.js';
import { html, useId, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';

/** @param {{ onText: (text: string) => void, notes: string[] }} props */
export function SheetInput({ onText, notes }) {
  const id = useId();
  const [text, setText] = useState('');
  const read = (/** @type {string} */ given) => {
    if (!given.trim()) return;
    onText(given);
    setText('');
  };
  const paste = (/** @type {ClipboardEvent} */ event) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    // A table is taken at once; a part of a row may be on its way to become one.
    if (!/[\t\n]/.test(pasted.trim())) return;
    event.preventDefault();
    read(pasted);
  };
  const choose = async (/** @type {any} */ event) => {
    const [file] = event.target.files;
    if (file) read(await file.text());
    event.target.value = '';
  };
  return html`
    <${Panel} title=${t('receive.sheet')}>
      <p class="hint">${t('receive.sheet.hint')}</p>
      <${Field} label=${t('receive.paste')} name="paste" rows=${3} value=${text} onValue=${setText} onPaste=${paste} spellcheck=${false} />
      <div class="stock-actions">
        <${Button} disabled=${!text.trim()} onClick=${() => read(text)}>${t('receive.read')}</${Button}>
        <span class="stock-file"><label for=${id}>${t('receive.file')}</label><input id=${id} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" onChange=${choose} /></span>
      </div>
      <div role="status">${notes.map((note) => html`<p key=${note}>${note}</p>`)}</div>
    </${Panel}>
  `;
}
