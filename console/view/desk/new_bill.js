/** A new bill on one page, by the keyboard: model, bike, customer, terms; Ctrl+Enter issues it. */

import { ask } from '../../core/api.js';
import { useDraftForm } from '../../core/draft.js';
import { usePreview } from '../../core/preview.js';
import { go, to } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html, useEffect, useRef, useState } from '../../core/view.js';
import { Button } from '../../ui/button.js';
import { say } from '../../ui/dialog.js';
import { Check, Field } from '../../ui/field.js';
import { Page } from '../../ui/page.js';
import { Refused } from '../../ui/refused.js';
import { billOf, foreseenOf } from './bill_input.js';
import { emptyBill, inAWeek, isTyped } from './empty_bill.js';
import { Payments } from './payments.js';
import { PickCustomer } from './pick_customer.js';
import { PickModel } from './pick_model.js';
import { Preview } from './preview.js';
import { TermsFields } from './terms.js';
import { Units } from './units.js';
import { BranchField, ChooseDealership, isBranchAsked, isInOne } from '../place.js';

/** Paths of the input whose errors stand at a field. */
const FIELDS = ['branch', 'model', 'unit', 'buyer', 'priceMinor', 'leasing', 'estimatedDeliveryOn', 'payments', 'purchaserTin'];

/** The first field that is wrong. */
const WRONG = '[aria-invalid="true"], .is-wrong input, .is-wrong select, .has-error input';

/** @param {{ viewer: any, query: URLSearchParams }} props `unit`: the bike that was chosen already */
export function View({ viewer, query }) {
  if (!isInOne(viewer)) return html`<${ChooseDealership} title=${t('nav.new_bill')} />`;
  return html`<${NewBill} viewer=${viewer} unit=${query.get('unit')} />`;
}

/** @param {{ viewer: any, unit: string | null }} props */
function NewBill({ viewer, unit }) {
  const { form, isKept, forget } = useDraftForm('bill', emptyBill(viewer), (values) => isTyped(values, viewer));
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const { values, errors } = form;
  const { timeZone, currency } = viewer.viewer.dealership;
  const isOpen = isBranchAsked(viewer);
  const { input, errors: missing } = billOf(values, isOpen);
  const preview = usePreview('PreviewBill', foreseenOf(values, input, missing));
  // The field is there once the choice is drawn.
  const focus = (/** @type {string[]} */ ...selectors) =>
    setTimeout(() => {
      const found = selectors.map((selector) => /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector(selector)));
      found.find(Boolean)?.focus();
    }, 60);
  const total = preview?.isFresh && preview.seen?.total.formatted;

  useEffect(() => {
    if (!unit) return;
    const take = (/** @type {any} */ { node }) => {
      if (!node?.model) return;
      form.set({ branch: node.branch.id, model: node.model, modelText: node.model.name, unit: node });
      focus('[name="customer"]');
    };
    // Where it cannot be read, it is chosen by hand.
    ask('DeskUnit', { id: unit }).then(take, () => undefined);
  }, [unit]);

  const issue = async () => {
    form.setErrors(missing);
    if (Object.keys(missing).length) return focus(WRONG, '[name="model"]');
    const payload = await form.send('IssueBill', input, { creates: true });
    if (!payload) return focus(WRONG, '[data-issue]');
    forget();
    say(t('desk.issued', { number: payload.bill.number }));
    return go(to(`bills/${payload.bill.id}`, { issued: 1 }));
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      return void issue();
    }
    // Enter goes on to the next field: nothing is issued by the way.
    if (!target.matches('input, select')) return;
    event.preventDefault();
    const all = [...(root.current?.querySelectorAll('input:not([type="radio"]), select, input[type="radio"]:checked, [data-issue]') ?? [])];
    /** @type {HTMLElement | undefined} */ (all[all.indexOf(target) + 1])?.focus();
  };
  const onModel = (/** @type {any} */ model) => {
    form.setErrors({});
    form.set({ model, modelText: model.name, unit: null, ...(!model.leasable && { sale: 'CASH' }) });
    waitForUnit.current = true;
  };
  // The bikes come a moment later: the cursor waits for them.
  const waitForUnit = useRef(false);
  useEffect(() => {
    if (!waitForUnit.current || !values.unit) return;
    waitForUnit.current = false;
    focus('input[name="unit"]:checked');
  }, [values.unit]);
  // Somebody else was faster: what is left is read anew, and the oldest of it chosen.
  const [round, setRound] = useState(0);
  useEffect(() => {
    const gone = form.refusals.find((/** @type {any} */ one) => one.code === 'UNIT_NOT_AVAILABLE');
    if (!gone) return;
    say(gone.message, 'bad');
    setRound((n) => n + 1);
  }, [form.refusals]);
  const onTerms = (/** @type {any} */ changes) => {
    form.set(changes);
    form.setErrors((/** @type {Record<string, string>} */ old) => Object.fromEntries(Object.entries(old).filter(([path]) => !path.startsWith('leasing') && path !== 'priceMinor')));
  };
  const restart = () => {
    form.setErrors({});
    form.setFault(null);
    form.set({ ...emptyBill(viewer), branch: values.branch });
    focus('[name="model"]');
  };
  const actions = isKept && html`<${Button} kind="quiet" onClick=${restart}>${t('desk.new_bill.clear')}</${Button}>`;
  return html`
    <${Page} title=${t('nav.new_bill')} lead=${t('desk.new_bill.lead')} actions=${actions}>
      <form class="new-bill" ref=${root} onKeyDown=${onKey} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()} noValidate>
        <section class="panel" aria-labelledby="step-bike">
          <h2 id="step-bike"><span class="step" aria-hidden="true">1</span> ${t('desk.step.bike')}</h2>
          <${BranchField} viewer=${viewer} value=${values.branch} onValue=${(/** @type {string} */ branch) => form.set({ branch, unit: null, customer: null })} error=${errors.branch} />
          <${PickModel} isFirst text=${values.modelText} onText=${(/** @type {string} */ modelText) => form.set({ modelText, ...(values.model && { model: null, unit: null }) })} onChoose=${onModel} error=${errors.model} />
          ${values.model && (values.branch
            ? html`<${Units} key=${`${values.model.id}/${values.branch}/${round}`} model=${values.model.id} branch=${values.branch} value=${values.unit} onValue=${(/** @type {any} */ unit) => form.set({ unit })} onEnter=${() => focus('[name="customer"], [name="name"], [name="sale"]')} error=${errors.unit} timeZone=${timeZone} />`
            : html`<p class="hint">${t('desk.branch.first')}</p>`)}
        </section>
        <section class="panel" aria-labelledby="step-customer">
          <h2 id="step-customer"><span class="step" aria-hidden="true">2</span> ${t('desk.step.customer')}</h2>
          <${PickCustomer} viewer=${viewer} form=${form} branch=${values.branch} onChosen=${() => focus('[name="sale"]')} onNew=${() => focus(values.customerText.trim() ? '[name="nic"]' : '[name="name"]')} onAgain=${() => focus('[name="customer"]')} />
          <${Field} ...${form.field('tin')} label=${t('desk.tin')} hint=${t('desk.tin.hint')} autocomplete="off" inputmode="numeric" error=${errors.purchaserTin} />
        </section>
        <section class="panel" aria-labelledby="step-terms">
          <h2 id="step-terms"><span class="step" aria-hidden="true">3</span> ${t('desk.step.terms')}</h2>
          <${TermsFields} terms=${values} onTerms=${onTerms} model=${values.model} errors=${errors} currency=${currency} />
          <${Check} label=${t('desk.as_advance')} hint=${t('desk.as_advance.hint')} value=${values.isAdvance} onValue=${(/** @type {boolean} */ isAdvance) => form.set({ isAdvance, promised: isAdvance ? values.promised || inAWeek(timeZone) : values.promised })} />
          ${values.isAdvance && html`<${Field} ...${form.field('promised')} label=${t('desk.promised')} type="date" required error=${errors.estimatedDeliveryOn} />`}
          <${Payments} rows=${values.payments} onRows=${(/** @type {any} */ payments) => form.set({ payments })} errors=${errors} currency=${currency} legend=${t(values.isAdvance ? 'desk.advance_paid' : 'desk.paid_now')} open=${!values.isAdvance && preview?.isFresh ? preview.seen?.balance : null} />
        </section>
        <section class="issue panel" aria-label=${t('desk.issue')}>
          <${Preview} preview=${preview} />
          <${Refused} form=${form} fields=${FIELDS} />
          <${Button} kind="primary" data-issue isBusy=${form.isBusy} aria-keyshortcuts="Control+Enter" onClick=${issue}>${total ? t('desk.issue.total', { total }) : t(values.isAdvance ? 'desk.issue.advance' : 'desk.issue')}</${Button}>
          <small class="keys"><kbd>Ctrl</kbd> + <kbd>Enter</kbd></small>
        </section>
      </form>
    </${Page}>
  `;
}
