/** Where something is written: the dealership and the branch. */

import { useQuery } from '../../core/query.js';
import { t } from '../../core/text.js';
import { html, useEffect } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Empty } from '../../ui/state.js';

/** Asks for one dealership: nothing is written in several at once. */
export const ChooseDealership = () => html`
  <${Empty} title=${t('desk.choose_dealership')} text=${t('desk.choose_dealership.text')}>
    <${Button} kind="primary" onClick=${() => dispatchEvent(new CustomEvent('forecourt:switch'))}>${t('frame.switch')}</${Button}>
  </${Empty}>`;

/** The open branches, for those who act in all of them. @param {any} viewer */
export function useBranches(viewer) {
  const isAsked = Boolean(viewer.viewer.dealership && !viewer.viewer.branch);
  const answer = useQuery('DeskBranches', isAsked ? {} : null);
  const branches = answer.data?.branches.nodes.filter((/** @type {any} */ branch) => !branch.closedAt) ?? [];
  return { isAsked, branches };
}

/**
 * The field for the branch; nothing where one acts in one.
 * @param {{ viewer: any, value: string, onValue: (id: string) => void, error?: string, isFirst?: boolean }} props
 */
export function BranchField({ viewer, value, onValue, error, ...rest }) {
  const { isAsked, branches } = useBranches(viewer);
  useEffect(() => {
    if (!value && branches.length === 1) onValue(branches[0].id);
  }, [branches.length]);
  if (!isAsked) return null;
  const options = branches.map((/** @type {any} */ branch) => ({ value: branch.id, text: `${branch.code} · ${branch.name}` }));
  return html`<${Field} name="branch" label=${t('desk.branch')} required empty=${t('desk.branch.choose')} options=${options} value=${value} onValue=${onValue} error=${error} ...${rest} />`;
}
