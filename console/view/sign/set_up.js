/** The first administrator of an installation. */

import { go } from '../../core/route.js';
import { post } from '../../core/session.js';
import { t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field, FormFault } from '../../ui/field.js';
import { Alone } from './alone.js';

export function SetUp() {
  const [values, setValues] = useState({ token: '', name: '', email: '', password: '' });
  const [fault, setFault] = useState(null);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setFault(null);
    post('SetUp', { input: values }).then(() => go('/sign-in'), setFault);
  };
  const field = (/** @type {keyof typeof values} */ name) => ({ value: values[name], onValue: (/** @type {string} */ value) => setValues((old) => ({ ...old, [name]: value })) });
  return html`
    <${Alone} title=${t('set_up.title')} lead=${t('set_up.text')}>
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${fault} />
        <${Field} label=${t('set_up.token')} required autofocus autocomplete="off" ...${field('token')} />
        <${Field} label=${t('set_up.name')} required autocomplete="name" ...${field('name')} />
        <${Field} label=${t('sign_in.email')} type="email" required autocomplete="username" ...${field('email')} />
        <${Field} label=${t('password.new')} hint=${t('password.hint')} type="password" required autocomplete="new-password" ...${field('password')} />
        <${Button} kind="primary" type="submit">${t('set_up.submit')}</${Button}>
      </form>
    </${Alone}>
  `;
}
