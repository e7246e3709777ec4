/** The bikes that are sold, and their list prices. */

import { useForm } from '../../core/form.js';
import { usePages } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { minor, money, t, typed, word } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Check, Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { Panel } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Mark, RowActions, Sure } from './parts.js';

const CLASSES = ['E_MOTORCYCLE', 'E_MOTORBICYCLE', 'E_TRICYCLE'];

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function Catalogue({ viewer, query }) {
  const [asked, setAsked] = useState(/** @type {{ what: string, model?: any } | null} */ (null));
  const hasRetired = query.get('retired') === 'yes';
  const list = usePages('AdminModels', { filter: hasRetired ? {} : { retired: false } });
  const close = () => setAsked(null);
  const done = () => {
    close();
    say(t('admin.saved'));
    list.again();
  };
  const actions = (/** @type {any} */ model) => [
    !model.retiredAt && [t('admin.correct'), () => setAsked({ what: 'form', model })],
    !model.retiredAt && [t('admin.retire'), () => setAsked({ what: 'retire', model })],
    model.retiredAt && [t('admin.restore'), () => setAsked({ what: 'restore', model })],
  ];
  const enter = html`<${Button} kind="primary" icon="plus" onClick=${() => setAsked({ what: 'form' })}>${t('admin.model.enter')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.tab.catalogue')} actions=${enter}>
      <${Check} label=${t('admin.retired.show')} value=${hasRetired} onValue=${(/** @type {boolean} */ value) => setQuery({ retired: value ? 'yes' : null })} />
      <${List} list=${list} caption=${t('admin.tab.catalogue')} empty=${t('admin.model.none')} columns=${[
        { title: t('admin.model'), isMain: true, cell: (/** @type {any} */ one) => html`${one.name} ${one.retiredAt && html`<${Mark}>${t('admin.retired')}</${Mark}>`}` },
        { title: t('admin.class'), cell: (/** @type {any} */ one) => word('class', one.vehicleClass) },
        { title: t('admin.model.leasable'), cell: (/** @type {any} */ one) => t(one.leasable ? 'admin.yes' : 'admin.no') },
        { title: t('admin.model.price'), isNumber: true, cell: (/** @type {any} */ one) => money(one.listPrice) },
        { title: t('admin.actions'), cell: (/** @type {any} */ one) => html`<${RowActions} of=${one.name} actions=${actions(one)} />` },
      ]} />
    </${Panel}>
    ${asked?.what === 'form' && html`<${ModelForm} viewer=${viewer} model=${asked.model} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'retire' && html`<${Sure} title=${t('admin.retire.title', asked.model)} text=${t('admin.model.retire.text')} action=${t('admin.retire')}
      operation="AdminRetireModel" input=${{ model: asked.model.id }} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'restore' && html`<${Sure} title=${t('admin.restore.title', asked.model)} text=${t('admin.model.restore.text')} action=${t('admin.restore')} kind="primary"
      operation="AdminRestoreModel" input=${{ model: asked.model.id }} onDone=${done} onClose=${close} />`}
  `;
}

/** @param {{ viewer: any, model?: any, onDone: () => void, onClose: () => void }} props */
function ModelForm({ viewer, model, onDone, onClose }) {
  const form = useForm({ name: model?.name ?? '', vehicleClass: model?.vehicleClass ?? 'E_MOTORCYCLE', leasable: model?.leasable ?? true, listPriceMinor: typed(model?.listPrice.amountMinor) });
  const submit = async () => {
    const { name, vehicleClass, leasable, listPriceMinor } = form.values;
    const price = minor(listPriceMinor);
    if (price === null) return form.setErrors({ listPriceMinor: t('admin.amount.wrong') });
    const input = { name, leasable, listPriceMinor: price };
    const payload = model
      ? await form.send('AdminUpdateModel', { ...input, model: model.id })
      : await form.send('AdminCreateModel', { ...input, vehicleClass }, { creates: true });
    return payload && onDone();
  };
  const currency = viewer.viewer.dealership.currency;
  return html`
    <${FormDialog} title=${model ? t('admin.correct.title', model) : t('admin.model.enter')} form=${form} onSubmit=${submit} onClose=${onClose}>
      <${Field} ...${form.field('name')} label=${t('admin.model')} required autofocus maxlength=${80} />
      ${model
        ? html`<p><span class="label">${t('admin.class')}</span><br />${word('class', model.vehicleClass)} <span class="hint">${t('admin.stays')}</span></p>`
        : html`<${Field} ...${form.field('vehicleClass')} label=${t('admin.class')} hint=${t('admin.stays')} options=${CLASSES.map((value) => ({ value, text: word('class', value) }))} />`}
      <${Field} ...${form.field('listPriceMinor')} label=${t('admin.model.price.of', { currency })} hint=${t('admin.model.price.hint')} inputmode="decimal" required />
      <${Check} label=${t('admin.model.leasable.long')} value=${form.values.leasable} onValue=${(/** @type {boolean} */ value) => form.set({ leasable: value })} />
    </${FormDialog}>
  `;
}
