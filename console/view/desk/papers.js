/** Documents of a bill: what was printed, printing, mailing. */

import { ask } from '../../core/api.js';
import { useForm } from '../../core/form.js';
import { can } from '../../core/may.js';
import { t, time, word } from '../../core/text.js';
import { html, useEffect, useRef, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Dialog, say } from '../../ui/dialog.js';
import { Panel } from '../../ui/page.js';
import { Refused } from '../../ui/refused.js';

/** What a bill may be printed as. @param {any} bill @returns {Array<{ name: string, input: object, kinds: string[], papers: any[] }>} */
function printable(bill) {
  const all = [
    { name: 'bill', input: { bill: bill.id }, kinds: ['INVOICE', 'TAX_INVOICE', 'ADVANCE_RECEIPT'], papers: bill.documents },
    bill.proformaNumber && { name: 'proforma', input: { billProforma: bill.id }, kinds: ['PROFORMA'], papers: bill.documents },
    bill.creditNote && { name: 'credit', input: { creditNote: bill.creditNote.id }, kinds: ['CREDIT_NOTE'], papers: bill.creditNote.documents },
  ].filter(Boolean);
  return all.map((one) => ({ ...one, papers: one.papers.filter((/** @type {any} */ paper) => one.kinds.includes(paper.kind)) }));
}

/**
 * @param {{ viewer: any, bill: any, timeZone: string, isNew: boolean, onMail: () => void, again: () => void }} props
 * `isNew`: the bill was issued a moment ago: what comes next is printing it
 */
export function Papers({ viewer, bill, timeZone, isNew, onMail, again }) {
  const form = useForm({});
  const [blocked, setBlocked] = useState(/** @type {{ url: string } | null} */ (null));
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (isNew) /** @type {HTMLElement | null} */ (panel.current?.querySelector('[data-print]'))?.focus();
  }, []);
  const show = (/** @type {string | undefined} */ url) => {
    if (!url) return say(t('desk.paper.denied'), 'bad');
    // A browser may refuse to open a page that nobody clicked for just now; a link is there for that.
    if (!window.open(url, '_blank')) setBlocked({ url });
  };
  const print = async (/** @type {object} */ input) => {
    const payload = await form.send('MakeDocument', input);
    if (!payload) return;
    const { isCopy, kind, link } = payload.document;
    say(t(isCopy ? 'desk.paper.copy' : 'desk.paper.original', { kind: word('document_kind', kind) }));
    show(link?.url);
    again();
  };
  const open = (/** @type {string} */ id) => ask('DocumentLink', { id }).then((data) => show(data.node?.link?.url), form.setFault);
  const mayPrint = can(viewer, 'READ_IDENTITY') && Boolean(viewer.viewer.dealership);
  const papers = printable(bill).flatMap((one) => one.papers);
  return html`
    <${Panel} title=${t('desk.papers')} actions=${can(viewer, 'WRITE_BILLS') && viewer.viewer.dealership && html`<${Button} kind="quiet" data-act="mail" onClick=${onMail}>${t('desk.mail')}</${Button}>`}>
      <div class="papers" ref=${panel}>
        <${Refused} form=${form} />
        ${mayPrint && html`<div class="row">${printable(bill).map((one, n) => html`<${Button} key=${one.name} kind=${n === 0 && isNew ? 'primary' : 'plain'} icon="print" isBusy=${form.isBusy} data-print=${one.name} onClick=${() => print(one.input)}>${t(`desk.print.${one.name}`)}</${Button}>`)}</div>`}
        ${papers.length
          ? html`<ul class="lines">${papers.map((paper) => html`
              <li key=${paper.id}>
                <span>${mayPrint ? html`<button type="button" class="link" onClick=${() => open(paper.id)}>${word('document_kind', paper.kind)} ${paper.number}</button>` : html`${word('document_kind', paper.kind)} ${paper.number}`}
                  <span class=${paper.isCopy ? 'mark is-off' : 'mark is-info'}>${t(paper.isCopy ? 'desk.copy' : 'desk.original')}</span></span>
                <small>${time(paper.createdAt, timeZone)}${paper.createdBy?.name && ` · ${paper.createdBy.name}`}</small>
              </li>`)}</ul>`
          : html`<p class="hint">${t('desk.papers.none')}</p>`}
      </div>
      ${blocked && html`
        <${Dialog} title=${t('desk.paper.ready')} onClose=${() => setBlocked(null)}>
          <p>${t('desk.paper.blocked')}</p>
          <div class="form-end"><${Button} kind="primary" href=${blocked.url} target="_blank" rel="noopener" autofocus onClick=${() => setBlocked(null)}>${t('desk.paper.open')}</${Button}></div>
        </${Dialog}>`}
    </${Panel}>
  `;
}
