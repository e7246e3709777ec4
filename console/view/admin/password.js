/** Another password. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';

/** @param {{ email: string, onDone: () => void }} props */
export function Password({ email, onDone }) {
  const form = useForm({ present: '', new: '' });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!(await form.send('AccountChangePassword', form.values))) return;
    form.set({ present: '', new: '' });
    say(t('account.password.done'));
    onDone();
  };
  const isWrong = form.fault?.code === 'INVALID_CREDENTIALS';
  return html`
    <${Panel} title=${t('account.password')}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${isWrong ? null : form.fault} errors=${form.errors} />
        <div class="unseen" aria-hidden="true"><input type="text" name="username" value=${email} autocomplete="username" tabindex="-1" readonly /></div>
        <${Field} ...${form.field('present')} error=${isWrong ? t('account.password.wrong') : form.errors.present} label=${t('account.password.present')} type="password" required autocomplete="current-password" />
        <${Field} ...${form.field('new')} label=${t('password.new')} hint=${t('password.hint')} type="password" required minlength=${15} autocomplete="new-password" />
        <p class="hint">${t('account.password.text')}</p>
        <div class="form-end"><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('account.password.change')}</${Button}></div>
      </form>
    </${Panel}>
  `;
}
