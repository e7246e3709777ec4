/** The words of the letters that a dealership sends. */

import { useForm } from '../../core/form.js';
import { useQuery } from '../../core/query.js';
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
      <div class="letter"><h3>${letter.preview.subject}</h3><p class="letter-body">${letter.preview.body}</p></div>
      <p class="hint">${t('admin.letter.made_up')}</p>
    </${Panel}>
  `;
}

/** @param {{ letter: any, onDone: () => void, onClose: () => void }} props */
function LetterForm({ letter, onDone, onClose }) {
  const form = useForm({ subject: letter.subject, body: letter.body });
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
    </${FormDialog}>
  `;
}
