/** Having work done: key figures made anew, bills put in one file. */

import { useForm } from '../../core/form.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Field } from '../../ui/field.js';
import { FormDialog } from '../../ui/form_dialog.js';
import { months } from './amount.js';
import { useBranches } from './branches.js';

/** @param {{ viewer: any, kind: 'rebuild' | 'archive', onDone: () => void, onClose: () => void }} props */
export function JobForm({ viewer, kind, onDone, onClose }) {
  const branches = useBranches();
  const choices = months({ back: 35, timeZone: viewer.viewer.dealership.timeZone });
  const isArchive = kind === 'archive';
  const form = useForm({ month: choices[isArchive ? 1 : 0]?.value ?? '', branch: viewer.viewer.branch?.id ?? '' });
  const submit = async () => {
    const input = { month: form.values.month || null, branch: form.values.branch || null };
    const payload = await form.send(isArchive ? 'AdminArchiveBills' : 'AdminRebuildFigures', input);
    if (payload) onDone();
  };
  return html`
    <${FormDialog} title=${t(`admin.job.${kind}`)} form=${form} action=${t('admin.job.start')} onSubmit=${submit} onClose=${onClose}>
      <p>${t(`admin.job.${kind}.text`)}</p>
      <div class="form-row">
        <${Field} ...${form.field('month')} label=${t('admin.month')} options=${choices} empty=${isArchive ? undefined : t('admin.job.all_months')} />
        ${!viewer.viewer.branch && html`<${Field} ...${form.field('branch')} label=${t('admin.branch')} options=${branches} empty=${t('frame.all_branches')} />`}
      </div>
    </${FormDialog}>
  `;
}
