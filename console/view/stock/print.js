/** Printing: the server makes the document, the browser opens it. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';

/**
 * @param {{ of: object, text: string }} props `of`: a MakeDocumentInput
 */
export function Print({ of, text }) {
  const form = useForm({});
  const [made, setMade] = useState(/** @type {{ number: string, url: string } | null} */ (null));
  const print = async () => {
    setMade(null);
    const payload = await form.send('MakeDocument', of);
    if (!payload) return;
    const { number, link } = payload.document;
    if (!link) return say(t('stock.print.no_link'), 'bad');
    setMade({ number, url: link.url });
    open(link.url, '_blank', 'noopener');
  };
  const refused = Object.values(form.errors)[0] ?? form.fault?.message;
  // A browser that lets nothing be opened after a wait is left the link; it is good for some minutes.
  return html`
    <span class="print">
      <${Button} icon="print" isBusy=${form.isBusy} onClick=${print}>${text}</${Button}>
      <span role="status">
        ${made && html`<a href=${made.url} target="_blank" rel="noopener">${t('stock.print.open', { number: made.number })}</a>`}
        ${refused && html`<span class="error">${refused}</span>`}
      </span>
    </span>
  `;
}
