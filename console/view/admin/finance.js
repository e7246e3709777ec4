/** The leasing and insurance companies one deals with. */

import { useForm } from '../../core/form.js';
import { usePages } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Check, Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { Panel } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Mark, RowActions, Sure } from './parts.js';

/** @param {{ query: URLSearchParams }} props */
export function Finance({ query }) {
  const [asked, setAsked] = useState(/** @type {{ what: string, company?: any } | null} */ (null));
  const hasRetired = query.get('retired') === 'yes';
  const list = usePages('AdminFinanceCompanies', { filter: hasRetired ? {} : { retired: false } });
  const close = () => setAsked(null);
  const done = () => {
    close();
    say(t('admin.saved'));
    list.again();
  };
  const actions = (/** @type {any} */ company) => [
    !company.retiredAt && [t('admin.correct'), () => setAsked({ what: 'form', company })],
    !company.retiredAt && [t('admin.retire'), () => setAsked({ what: 'retire', company })],
    company.retiredAt && [t('admin.restore'), () => setAsked({ what: 'restore', company })],
  ];
  const enter = html`<${Button} kind="primary" icon="plus" onClick=${() => setAsked({ what: 'form' })}>${t('admin.finance.enter')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.tab.finance')} actions=${enter}>
      <${Check} label=${t('admin.retired.show')} value=${hasRetired} onValue=${(/** @type {boolean} */ value) => setQuery({ retired: value ? 'yes' : null })} />
      <${List} list=${list} caption=${t('admin.tab.finance')} empty=${t('admin.finance.none')} columns=${[
        { title: t('admin.name'), isMain: true, cell: (/** @type {any} */ one) => html`${one.name} ${one.retiredAt && html`<${Mark}>${t('admin.retired')}</${Mark}>`}` },
        { title: t('admin.finance.contact'), cell: (/** @type {any} */ one) => one.contact ?? '–' },
        { title: t('admin.address'), cell: (/** @type {any} */ one) => one.address ?? '–' },
        { title: t('admin.actions'), cell: (/** @type {any} */ one) => html`<${RowActions} of=${one.name} actions=${actions(one)} />` },
      ]} />
    </${Panel}>
    ${asked?.what === 'form' && html`<${CompanyForm} company=${asked.company} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'retire' && html`<${Sure} title=${t('admin.retire.title', asked.company)} text=${t('admin.finance.retire.text')} action=${t('admin.retire')}
      operation="AdminRetireFinanceCompany" input=${{ financeCompany: asked.company.id }} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'restore' && html`<${Sure} title=${t('admin.restore.title', asked.company)} text=${t('admin.finance.restore.text')} action=${t('admin.restore')} kind="primary"
      operation="AdminRestoreFinanceCompany" input=${{ financeCompany: asked.company.id }} onDone=${done} onClose=${close} />`}
  `;
}

/** @param {{ company?: any, onDone: () => void, onClose: () => void }} props */
function CompanyForm({ company, onDone, onClose }) {
  const form = useForm({ name: company?.name ?? '', contact: company?.contact ?? '', address: company?.address ?? '' });
  const submit = async () => {
    const { name, contact, address } = form.values;
    const input = { name, contact: contact.trim() || null, address: address.trim() || null };
    const payload = company
      ? await form.send('AdminUpdateFinanceCompany', { ...input, financeCompany: company.id })
      : await form.send('AdminCreateFinanceCompany', input, { creates: true });
    if (payload) onDone();
  };
  return html`
    <${FormDialog} title=${company ? t('admin.correct.title', company) : t('admin.finance.enter')} form=${form} onSubmit=${submit} onClose=${onClose}>
      <${Field} ...${form.field('name')} label=${t('admin.name')} required autofocus />
      <${Field} ...${form.field('contact')} label=${t('admin.finance.contact')} hint=${t('admin.finance.contact.hint')} />
      <${Field} ...${form.field('address')} label=${t('admin.address')} rows=${3} />
    </${FormDialog}>
  `;
}
