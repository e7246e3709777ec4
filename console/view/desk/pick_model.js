/** Choosing a model of the catalogue by typing. */

import { useLast, useSettled } from '../../core/settled.js';
import { useQuery } from '../../core/query.js';
import { t, word } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Combobox, fits } from './combobox.js';

/** @param {{ text: string, onText: (text: string) => void, onChoose: (model: any) => void, error?: string, isFirst?: boolean }} props */
export function PickModel({ text, onText, onChoose, error, isFirst = false }) {
  const all = useQuery('DeskModels', { search: null });
  // A catalogue that fits no page is searched where it is.
  const settled = useSettled(text.trim());
  const isLarge = all.data?.bikeModels.pageInfo.hasNextPage;
  const found = useQuery('DeskModels', isLarge && settled ? { search: settled } : null);
  const models = useLast((isLarge && settled ? found.data : all.data)?.bikeModels.nodes) ?? [];
  const options = models.filter((/** @type {any} */ model) => fits(model.name, text) || model.name === text).slice(0, 50).map((/** @type {any} */ model) => ({
    id: model.id,
    value: model,
    text: model.name,
    hint: `${word('class', model.vehicleClass)} · ${model.listPrice.formatted}`,
  }));
  return html`<${Combobox} label=${t('desk.model')} name="model" required isFirst=${isFirst} text=${text} onText=${onText} options=${options} onChoose=${onChoose} error=${error ?? all.fault?.message} none=${t('desk.model.none')} isLoading=${all.isLoading || found.isLoading} />`;
}
