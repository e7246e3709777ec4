/** How screens and documents look: the dealership's way, and what a branch has otherwise. */

import { useForm } from '../../core/form.js';
import { useQuery } from '../../core/query.js';
import { setQuery } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Field, FormFault } from '../../ui/field.js';
import { Panel } from '../../ui/page.js';
import { Answered } from '../../ui/state.js';
import { brand } from '../theme.js';
import { useBranches } from './branches.js';
import { isColour } from './contrast.js';
import { Logo } from './logo.js';
import { LookPreview } from './look_preview.js';

/** What is typed, with the longest text of each. @type {Array<[string, number]>} */
const TEXTS = [
  ['dealerName', 120],
  ['brandPartner', 120],
  ['addressLine1', 120],
  ['addressLine2', 120],
  ['phone', 40],
  ['email', 254],
  ['footerNote', 300],
  ['logoUrl', 500],
];

/** What a form begins anew with; another logo takes nothing away that is typed. @param {any} look */
const typedOf = (look) => JSON.stringify([look.primaryColor, ...TEXTS.map(([key]) => look[key])]);

/** @param {{ viewer: any, query: URLSearchParams }} props */
export function Look({ viewer, query }) {
  const branches = useBranches();
  const dealership = viewer.viewer.dealership;
  const branch = viewer.viewer.branch?.id ?? (query.get('branch') || null);
  const answer = useQuery('AdminLook', { dealership: dealership.id, branch });
  const spot = branches.find((one) => one.value === branch)?.text ?? t('frame.all_branches');
  return html`
    <${Panel} title=${t('admin.tab.look')}>
      <div class="form-row narrowing">
        <${Field} label=${t('admin.look.of')} value=${branch ?? ''} empty=${viewer.viewer.branch ? undefined : t('admin.look.dealership', { name: dealership.name })} options=${branches}
          disabled=${Boolean(viewer.viewer.branch)} onValue=${(/** @type {string} */ value) => setQuery({ branch: value })} />
      </div>
      <p class="hint">${t(branch ? 'admin.look.branch.hint' : 'admin.look.dealership.hint')}</p>
      <${Answered} answer=${answer}>
        ${(/** @type {any} */ data) => html`<${Shown} key=${branch + typedOf(data.wider) + typedOf(data.look)} viewer=${viewer} branch=${branch} spot=${spot} wider=${branch ? data.wider : null} look=${data.look} onDone=${answer.again} />`}
      </${Answered}>
    </${Panel}>
  `;
}

/** @param {{ viewer: any, branch: string | null, spot: string, wider: any, look: any, onDone: () => void }} props `wider`: what a branch falls back to */
function Shown({ viewer, branch, spot, wider, look, onDone }) {
  // A branch has as its own what differs from the dealership's; the rest follows the dealership.
  const own = (/** @type {string} */ key) => (wider && look[key] === wider[key] ? '' : (look[key] ?? ''));
  const form = useForm(/** @type {Record<string, string>} */ (Object.fromEntries([...TEXTS.map(([key]) => key), 'primaryColor'].map((key) => [key, own(key)]))));
  const fallback = (/** @type {string} */ key) => wider?.[key] ?? (key === 'dealerName' ? viewer.viewer.dealership.name : null);
  const shown = (/** @type {string} */ key) => form.values[key]?.trim() || fallback(key);
  const typedColour = form.values.primaryColor?.trim() ?? '';
  const colour = isColour(typedColour) ? typedColour : isColour(wider?.primaryColor ?? '') ? wider.primaryColor : look.primaryColor;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (typedColour && !isColour(typedColour)) return form.setErrors({ primaryColor: t('admin.look.colour.wrong') });
    const input = Object.fromEntries(Object.entries(form.values).map(([key, value]) => [key, value.trim() || null]));
    const payload = await form.send('AdminUpdateLook', { ...input, ...(branch && { branch }) });
    if (!payload) return undefined;
    if (!branch || viewer.viewer.branch) brand(payload.branding.primaryColor);
    say(t('admin.saved'));
    return onDone();
  };
  const preview = { ...Object.fromEntries(TEXTS.map(([key]) => [key, shown(key)])), name: shown('dealerName'), footerNote: shown('footerNote') ?? look.footerNote, primaryColor: colour, logo: look.logo };
  return html`
    <div class="look">
      <form class="form" onSubmit=${submit}>
        <${FormFault} fault=${form.fault} errors=${form.errors} />
        <div class="form-row">
          <${Field} ...${form.field('primaryColor')} label=${t('admin.look.primaryColor')} hint=${t('admin.look.primaryColor.hint')} placeholder=${wider?.primaryColor} spellcheck=${false} maxlength=${7} />
          <label class="swatch-field"><span class="label">${t('admin.look.pick')}</span>
            <input type="color" value=${colour} onInput=${(/** @type {any} */ event) => form.set({ primaryColor: event.target.value })} /></label>
        </div>
        ${TEXTS.map(([key, most]) => html`<${Field} key=${key} ...${form.field(key)} label=${t(`admin.look.${key}`)} maxlength=${most} placeholder=${fallback(key) ?? undefined} rows=${key === 'footerNote' ? 2 : undefined}
          hint=${key === 'logoUrl' ? t('admin.look.logoUrl.hint') : undefined} />`)}
        <div class="form-end"><${Button} kind="primary" type="submit" isBusy=${form.isBusy}>${t('action.save')}</${Button}></div>
      </form>
      <div class="look-side">
        <${LookPreview} look=${preview} spot=${spot} />
        <${Logo} branch=${branch} logo=${look.logo} onDone=${onDone} />
      </div>
    </div>
  `;
}
