/** What keeps a dealership going: a section at a time, those that the role may. */

import { can } from '../../core/may.js';
import { to } from '../../core/route.js';
import { t } from '../../core/text.js';
import { html, useEffect } from '../../core/view.js';
import { Page, Tabs } from '../../ui/page.js';
import { Empty } from '../../ui/state.js';
import { Branches } from './branches.js';
import { Catalogue } from './catalogue.js';
import { Comparison } from './comparison.js';
import { Dealerships } from './dealerships.js';
import { Finance } from './finance.js';
import { Jobs } from './jobs.js';
import { Keys } from './keys.js';
import { Letters } from './letters.js';
import { Look } from './look.js';
import { Numbers } from './numbers.js';
import { OneNeeded } from '../place.js';
import { Staff } from './staff.js';
import { Tariffs } from './tariffs.js';

/**
 * @typedef {object} Section
 * @property {string} name
 * @property {string[]} needs one of these permissions
 * @property {(props: any) => any} View
 * @property {boolean} [isOfSeveral] it can be seen while several dealerships are acted in
 */

/** @type {Section[]} */
const SECTIONS = [
  { name: 'dealership', needs: ['ADMINISTER', 'OPEN_DEALERSHIPS'], View: Dealerships, isOfSeveral: true },
  { name: 'branches', needs: ['MANAGE_STAFF', 'SET_TARGETS'], View: Branches },
  { name: 'staff', needs: ['MANAGE_STAFF'], View: Staff },
  { name: 'catalogue', needs: ['ADMINISTER'], View: Catalogue },
  { name: 'look', needs: ['ADMINISTER'], View: Look },
  { name: 'tariffs', needs: ['ADMINISTER'], View: Tariffs },
  { name: 'numbers', needs: ['ADMINISTER'], View: Numbers },
  { name: 'finance', needs: ['ADMINISTER'], View: Finance },
  { name: 'keys', needs: ['KEEP_PARTNER_KEYS'], View: Keys },
  { name: 'letters', needs: ['ADMINISTER'], View: Letters },
  { name: 'jobs', needs: ['KEEP_JOBS'], View: Jobs, isOfSeveral: true },
  { name: 'comparison', needs: ['OPEN_MEASURES'], View: Comparison },
];

/** @param {{ viewer: any, rest: string[], query: URLSearchParams }} props */
export function View({ viewer, rest, query }) {
  const open = SECTIONS.filter(({ needs }) => needs.some((one) => can(viewer, one)));
  const section = rest[0] ? open.find(({ name }) => name === rest[0]) : open[0];
  const tabs = open.map(({ name }) => ({ href: to(`administration/${name}`), text: t(`admin.tab.${name}`), isCurrent: name === section?.name }));
  // On a phone the tabs are wider than the screen: the present one is brought into sight.
  useEffect(() => document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [section?.name]);
  const isUnfit = section && !section.isOfSeveral && !viewer.viewer.dealership;
  return html`
    <${Page} title=${t('nav.administration')} lead=${viewer.viewer.dealership?.name}>
      <${Tabs} label=${t('admin.sections')} tabs=${tabs} />
      ${!section
        ? html`<${Empty} title=${t('state.denied.title')} text=${t('state.denied.text')} />`
        : isUnfit
          ? html`<${OneNeeded} text=${t('admin.one.text')} />`
          : html`<${section.View} key=${section.name} viewer=${viewer} query=${query} />`}
    </${Page}>
  `;
}
