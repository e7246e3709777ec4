/** The figures of the chosen period. */

import { number, t } from '../../core/text.js';
import { html } from '../../core/view.js';
import { figureOf } from './amount.js';
import { FigureTile } from './figure.js';
import { rowsOf } from './ways.js';

/** Those of everybody. @type {import('../../types/operations.js').KpiMeasure[]} */
const PLAIN = ['UNITS', 'VEHICLE_REVENUE', 'AVERAGE_SELLING_PRICE', 'LEASING_MIX', 'CASH_COLLECTED', 'ADVANCE_CONVERSION', 'OFFER_CONVERSION', 'QUOTATION_CONVERSION'];
/** Those of who may see margins. @type {import('../../types/operations.js').KpiMeasure[]} */
const WITH_MARGIN = ['UNITS', 'VEHICLE_REVENUE', 'GROSS_PROFIT', 'GROSS_MARGIN', 'CASH_COLLECTED', 'ADVANCE_CONVERSION', 'OFFER_CONVERSION', 'QUOTATION_CONVERSION'];

/** Which tiles there are. @param {boolean} isMargin */
export const tilesOf = (isMargin) => (isMargin ? WITH_MARGIN : PLAIN);

/** @param {{ data: any, currency: string, isMargin: boolean, link: Record<string, any> }} props */
export function TradeTiles({ data, currency, isMargin, link }) {
  const row = data?.period.totals.find((/** @type {any} */ one) => one.currency === currency);
  const months = data?.months.rows.filter((/** @type {any} */ one) => one.currency === currency) ?? [];
  const costless = figureOf(row, 'UNITS_WITHOUT_COST')?.value ?? 0;
  return html`
    <section class="figures-part" aria-labelledby="figures-tiles">
      <h2 id="figures-tiles" class="unseen">${t('figures.tiles')}</h2>
      <div class="tiles">
        ${tilesOf(isMargin).map((measure) => html`<${FigureTile} key=${measure}
          title=${t(`measure.${measure}`)}
          figure=${data && (figureOf(row, measure) ?? nothing(measure))}
          made=${data?.period}
          currency=${currency}
          history=${months.map((/** @type {any} */ month) => figureOf(month, measure)?.value ?? null)}
          href=${rowsOf(measure, link, { currency: currency === 'LKR' ? null : currency })}
          note=${measure === 'GROSS_PROFIT' && costless > 0 && html`<span class="than">. ${t('figures.without_cost', { count: number(costless) })}</span>`} />`)}
      </div>
    </section>
  `;
}

/** A period in which nothing happened has no row. @param {string} measure */
const nothing = (measure) => ({ measure, unit: 'COUNT', value: null, formatted: '–', formula: t('figures.drill.none'), change: null });
