/** The words of the letters that a dealership sends. */

import { useForm } from '../../core/form.js';
import { usePreview } from '../../core/preview.js';
import { useQuery } from '../../core/query.js';
import { useLast } from '../../core/settled.js';
import { t, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { Panel } from '../../ui/page.js';
import { Answered } from '../../ui/state.js';
import { Mark, Sure } from './parts.js';

export function Letters() {
  const [asked, setAsked] = useState(/** @type {{ what: string, letter: any } | null} */ (null));
  const answer = useQuery('AdminLetters');
  const close = () => setAsked(null);
  const done = () => {
    close();
    say(t('admin.saved'));
    answer.again();
  };
  return html`
    <${Answered} answer=${answer}>
      ${(/** @type {any} */ data) => data.mailTemplates.map((/** @type {any} */ letter) => html`<${Letter} key=${letter.kind} letter=${letter} onAsk=${(/** @type {string} */ what) => setAsked({ what, letter })} />`)}
    </${Answered}>
    ${asked?.what === 'form' && html`<${LetterForm} letter=${asked.letter} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'reset' && html`<${Sure} title=${t('admin.letter.reset')} text=${t('admin.letter.reset.text')} action=${t('admin.letter.reset')}
      operation="AdminSetLetter" input=${{ kind: asked.letter.kind, template: null }} onDone=${done} onClose=${close} />`}
  `;
}

/** @param {{ letter: any, onAsk: (what: string) => void }} props */
function Letter({ letter, onAsk }) {
  const actions = html`
    <div class="row-actions">
      ${letter.isOwn && html`<${Button} kind="quiet" onClick=${() => onAsk('reset')}>${t('admin.letter.reset')}</${Button}>`}
      <${Button} onClick=${() => onAsk('form')}>${t('admin.letter.change')}</${Button}>
    </div>`;
  return html`
    <${Panel} title=${word('admin.letter_kind', letter.kind)} actions=${actions}>
      <p><${Mark} kind=${letter.isOwn ? 'info' : 'off'}>${t(letter.isOwn ? 'admin.letter.own' : 'admin.letter.system')}</${Mark}></p>
      <${Sheet} letter=${letter.preview} />
      <p class="hint">${t('admin.letter.made_up')}</p>
    </${Panel}>
  `;
}

/** @param {{ letter: { subject: string, body: string } }} props */
const Sheet = ({ letter }) => html`<div class="letter"><h3>${letter.subject}</h3><p class="letter-body">${letter.body}</p></div>`;

/** @param {{ letter: any, onDone: () => void, onClose: () => void }} props */
function LetterForm({ letter, onDone, onClose }) {
  const form = useForm({ subject: letter.subject, body: letter.body });
  const preview = usePreview('AdminPreviewLetter', { kind: letter.kind, template: form.values });
  // The last letter there was stays where there is none: nothing moves under whoever writes.
  const seen = useLast(preview?.seen ?? undefined) ?? letter.preview;
  const problems = preview?.problems ?? [];
  const isOf = !problems.length && preview?.isFresh !== false;
  const submit = async () => {
    const { subject, body } = form.values;
    const payload = await form.send('AdminSetLetter', { kind: letter.kind, template: { subject, body } }, { fields: { 'template.subject': 'subject', 'template.body': 'body' } });
    if (payload) onDone();
  };
  return html`
    <${FormDialog} title=${word('admin.letter_kind', letter.kind)} form=${form} isWide onSubmit=${submit} onClose=${onClose}>
      <${Field} ...${form.field('subject')} label=${t('admin.letter.subject')} required autofocus maxlength=${150} />
      <${Field} ...${form.field('body')} label=${t('admin.letter.body')} hint=${t('admin.letter.body.hint')} required rows=${12} maxlength=${5000} />
      <section><h3>${t('admin.letter.placeholders')}</h3>
        <ul class="placeholders">${letter.placeholders.map((/** @type {any} */ one) => html`<li key=${one.name}><code>${`{{ ${one.name} }}`}</code> ${one.description} ${one.isNecessary && html`<${Mark} kind="wait">${t('admin.letter.necessary')}</${Mark}>`}</li>`)}</ul>
      </section>
      <section class=${isOf ? 'preview' : 'preview is-old'} aria-live="polite" aria-busy=${preview?.isFresh === false}><h3>${t('admin.letter.preview')}</h3>
        <${Sheet} letter=${seen} />
        <p class="hint">${t('admin.letter.made_up')}</p>
        ${problems.map((/** @type {any} */ one) => html`<p key=${one.message} class="problem">${one.message}</p>`)}
      </section>
    </${FormDialog}>
  `;
}
