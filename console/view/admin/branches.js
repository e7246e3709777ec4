/** Branches: opened, renamed, closed, and what they are to sell. */

import { can } from '../../core/may.js';
import { useForm } from '../../core/form.js';
import { usePages, useQuery } from '../../core/query.js';
import { t, time } from '../../core/text.js';
import { html, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { Panel } from '../../ui/page.js';
import { List } from '../../ui/table.js';
import { Mark, RowActions, Sure } from './parts.js';
import { Targets } from './targets.js';

/** The branches there are to choose from. @returns {{ value: string, text: string, isClosed: boolean }[]} */
export function useBranches() {
  const answer = useQuery('AdminBranches', { first: 100, after: null });
  return (answer.data?.branches.nodes ?? []).map((/** @type {any} */ one) => ({ value: one.id, text: `${one.code} · ${one.name}`, code: one.code, isClosed: Boolean(one.closedAt) }));
}

/** @param {{ viewer: any }} props */
export function Branches({ viewer }) {
  const [asked, setAsked] = useState(/** @type {{ what: string, branch?: any } | null} */ (null));
  const list = usePages('AdminBranches', {});
  const isKeeper = can(viewer, 'MANAGE_STAFF');
  const zone = viewer.viewer.dealership.timeZone;
  const close = () => setAsked(null);
  const done = () => {
    close();
    say(t('admin.saved'));
    list.again();
  };
  const actions = (/** @type {any} */ branch) => [
    can(viewer, 'SET_TARGETS') && [t('admin.targets'), () => setAsked({ what: 'targets', branch })],
    isKeeper && [t('admin.rename'), () => setAsked({ what: 'form', branch })],
    isKeeper && !branch.closedAt && [t('admin.branch.close'), () => setAsked({ what: 'close', branch })],
    isKeeper && branch.closedAt && [t('admin.branch.reopen'), () => setAsked({ what: 'reopen', branch })],
  ];
  const open = isKeeper && html`<${Button} kind="primary" icon="plus" onClick=${() => setAsked({ what: 'form' })}>${t('admin.branch.open')}</${Button}>`;
  return html`
    <${Panel} title=${t('admin.tab.branches')} actions=${open}>
      <${List} list=${list} caption=${t('admin.tab.branches')} empty=${t('admin.branch.none')} columns=${[
        { title: t('admin.name'), isMain: true, cell: (/** @type {any} */ one) => one.name },
        { title: t('admin.code'), cell: (/** @type {any} */ one) => html`<code>${one.code}</code>` },
        { title: t('admin.state'), cell: (/** @type {any} */ one) => one.closedAt ? html`<${Mark}>${t('admin.branch.closed')}</${Mark}> <small>${time(one.closedAt, zone)}</small>` : html`<${Mark} kind="good">${t('admin.branch.trades')}</${Mark}>` },
        { title: t('admin.actions'), cell: (/** @type {any} */ one) => html`<${RowActions} of=${one.code} actions=${actions(one)} />` },
      ]} />
    </${Panel}>
    ${asked?.what === 'form' && html`<${BranchForm} branch=${asked.branch} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'targets' && html`<${Targets} viewer=${viewer} branch=${asked.branch} onClose=${close} />`}
    ${asked?.what === 'close' && html`<${Sure} title=${t('admin.branch.close.title', asked.branch)} text=${t('admin.branch.close.text')} action=${t('admin.branch.close')}
      operation="AdminCloseBranch" input=${{ branch: asked.branch.id }} onDone=${done} onClose=${close} />`}
    ${asked?.what === 'reopen' && html`<${Sure} title=${t('admin.branch.reopen.title', asked.branch)} text=${t('admin.branch.reopen.text')} action=${t('admin.branch.reopen')} kind="primary"
      operation="AdminReopenBranch" input=${{ branch: asked.branch.id }} onDone=${done} onClose=${close} />`}
  `;
}

/** A new branch, or another name for one. @param {{ branch?: any, onDone: () => void, onClose: () => void }} props */
function BranchForm({ branch, onDone, onClose }) {
  const form = useForm({ name: branch?.name ?? '', code: branch?.code ?? '' });
  const submit = async () => {
    const input = { name: form.values.name, code: form.values.code.trim().toUpperCase() };
    const payload = branch ? await form.send('AdminUpdateBranch', { ...input, branch: branch.id }) : await form.send('AdminCreateBranch', input, { creates: true });
    if (payload) onDone();
  };
  return html`
    <${FormDialog} title=${branch ? t('admin.branch.rename', branch) : t('admin.branch.open')} form=${form} action=${branch ? t('action.save') : t('admin.branch.open')} onSubmit=${submit} onClose=${onClose}>
      <${Field} ...${form.field('name')} label=${t('admin.name')} required autofocus maxlength=${80} />
      <${Field} ...${form.field('code')} label=${t('admin.code')} hint=${branch ? t('admin.branch.code.kept') : t('admin.branch.code.hint')} required maxlength=${6} autocapitalize="characters" spellcheck=${false} />
    </${FormDialog}>
  `;
}
