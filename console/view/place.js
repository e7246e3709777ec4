/** Where something is done, as far as the place on screen leaves it open. */

import { useQuery } from '../core/query.js';
import { t } from '../core/text.js';
import { html, useEffect } from '../core/view.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Page } from '../ui/page.js';
import { Empty } from '../ui/state.js';

/** Whether all that is shown is of one dealership: nothing can be entered before. @param {any} viewer */
export const isInOne = (viewer) => Boolean(viewer.viewer.dealership);

/** In which zone days are days. @param {any} viewer @returns {string | undefined} */
export const zone = (viewer) => viewer.viewer.dealership?.timeZone;

/** A branch in a list: with its dealership while several are looked at. @param {{ code: string, dealership?: { code: string } }} branch */
export const branchText = ({ code, dealership }) => (dealership ? `${dealership.code} ${code}` : code);

/** In place of a view that is not for the role. @param {{ title: string }} props */
export const Denied = ({ title }) => html`<${Page} title=${title}><${Empty} title=${t('state.denied.title')} text=${t('state.denied.text')} /></${Page}>`;

/** Asks for one dealership, where several are acted in. @param {{ text?: string }} props */
export const OneNeeded = ({ text = t('place.text') }) => html`
  <${Empty} title=${t('place.title')} text=${text}>
    <${Button} kind="primary" onClick=${() => dispatchEvent(new CustomEvent('forecourt:switch'))}>${t('place.choose')}</${Button}>
  </${Empty}>
`;

/** In place of a view that enters something, while several dealerships are looked at. @param {{ title: string }} props */
export const ChooseDealership = ({ title }) => html`<${Page} title=${title}><${OneNeeded} /></${Page}>`;

/** Whether the place on screen leaves the branch open. @param {any} viewer */
export const isBranchAsked = (viewer) => isInOne(viewer) && !viewer.viewer.branch;

/** The branches that trade, as far as the person sees them. @param {any} viewer @param {boolean} [isAsked] @returns {Array<{ id: string, code: string, name: string }>} */
export function useBranches(viewer, isAsked = isInOne(viewer)) {
  const { data } = useQuery('Branches', isAsked ? { dealership: viewer.viewer.dealership.id } : null);
  return (data?.branches.nodes ?? []).filter((/** @type {any} */ branch) => !branch.closedAt);
}

/**
 * At which branch; nothing while the person acts in one. Where there is but one, it is chosen.
 * @param {{ viewer: any, value: string, onValue: (id: string) => void, error?: string, label?: string }} props
 */
export function BranchField({ viewer, label = t('place.branch'), value, onValue, ...rest }) {
  const isAsked = isBranchAsked(viewer);
  const branches = useBranches(viewer, isAsked);
  useEffect(() => {
    const [only, ...others] = branches;
    if (!value && only && !others.length) onValue(only.id);
  }, [branches.length]);
  if (!isAsked) return null;
  return html`<${Field} ...${rest} name="branch" label=${label} required empty=${t('place.branch.choose')} options=${optionsOf(branches)} value=${value} onValue=${onValue} />`;
}

/**
 * Another branch than one's own: chosen of those that are seen, else named by its code.
 * @param {{ viewer: any, value: string, onValue: (value: string) => void, label: string, error?: string, not?: string, name: string }} props
 */
export function OtherBranchField({ viewer, not, ...rest }) {
  const own = not ?? viewer.viewer.branch?.id;
  const others = useBranches(viewer).filter((branch) => branch.id !== own);
  return others.length
    ? html`<${Field} ...${rest} required empty=${t('place.branch.choose')} options=${optionsOf(others)} />`
    : html`<${Field} ...${rest} required hint=${t('transfer.code.hint')} autocapitalize="characters" maxlength="20" />`;
}

/** @param {Array<{ id: string, code: string, name: string }>} branches */
const optionsOf = (branches) => branches.map(({ id, code, name }) => ({ value: id, text: `${code} · ${name}` }));

/** All models, those that are not sold any more too. @param {any} viewer @returns {any[] | undefined} undefined until they are known */
export function useModels(viewer) {
  const { data } = useQuery('StockModels', { dealership: viewer.viewer.dealership?.id ?? null });
  return data?.bikeModels.nodes;
}
