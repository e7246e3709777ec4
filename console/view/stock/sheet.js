/** Tables as spreadsheets give them: CSV (RFC 4180) or columns apart by tabs. Pure functions. */

/**
 * The cells of a text, row by row; empty rows are left out.
 * @param {string} text
 * @returns {string[][]}
 */
export function cellsOf(text) {
  const source = text.replace(/^\uFEFF/, '');
  const apart = separatorOf(source);
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some(Boolean)) rows.push(row);
    row = [];
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && !cell.trim()) {
      // A quote within a cell that does not begin with one is a sign like others: 5" wheels.
      cell = '';
      isQuoted = true;
    } else if (sign === apart) endCell();
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && source[at + 1] === '\n') at += 1;
      endRow();
    } else cell += sign;
  }
  endRow();
  return rows;
}

/** What stands between cells: of a tab, a semicolon and a comma the first of these that the first line has outside of quotes. @param {string} text */
function separatorOf(text) {
  const line = /^(?:"(?:[^"]|"")*"|[^\r\n"]|")*/.exec(text.trimStart())?.[0] ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  return ['\t', ';', ','].find((sign) => bare.includes(sign)) ?? ',';
}

/** The columns of a delivery in the order in which they are taken when no row names them. */
export const COLUMNS = ['chassisNumber', 'motorNumber', 'model', 'colour', 'modelYear', 'cost', 'receivedOn', 'notes'];

/** How columns are called. @type {Record<string, string[]>} */
const SPELLINGS = {
  chassisNumber: ['chassisnumber', 'chassisno', 'chassis', 'chasisno', 'chasis', 'framenumber', 'frameno', 'frame', 'vin'],
  motorNumber: ['motornumber', 'motorno', 'motor', 'enginenumber', 'engineno', 'engine'],
  model: ['modelname', 'model', 'bikemodel', 'bike', 'product', 'item'],
  colour: ['colour', 'color'],
  modelYear: ['modelyear', 'year', 'yom', 'yearofmanufacture', 'manufacturedyear'],
  cost: ['landedcost', 'cost', 'costprice', 'unitcost', 'costlkr', 'landedcostlkr', 'costrs'],
  receivedOn: ['receivedon', 'received', 'receiveddate', 'datereceived', 'arrived', 'arrival', 'arrivaldate', 'date', 'day', 'dateadded'],
  notes: ['notes', 'note', 'remarks', 'remark', 'comment', 'comments'],
};

/** @param {string} cell */
const plain = (cell) => cell.toLowerCase().replace(/[^a-z]/g, '');

/**
 * Which column each cell of a row names; null where it is not a heading.
 * @param {string[]} row
 * @returns {Array<string | null> | null}
 */
export function headingsOf(row) {
  const found = row.map((cell) => Object.keys(SPELLINGS).find((name) => SPELLINGS[name]?.includes(plain(cell))) ?? null);
  // The first column of a name counts.
  const once = found.map((name, at) => (name && found.indexOf(name) === at ? name : null));
  return once.filter(Boolean).length >= 2 || (once.length === 1 && once[0]) ? once : null;
}

/**
 * A delivery as it was pasted: its rows by the names of columns, and what was left out.
 * @param {string} text
 * @returns {{ rows: Array<Record<string, string>>, hasHeadings: boolean, leftOut: string[] }}
 */
export function deliveryOf(text) {
  const cells = cellsOf(text);
  const headings = cells[0] ? headingsOf(cells[0]) : null;
  const names = headings ?? COLUMNS;
  const rows = (headings ? cells.slice(1) : cells).map((row) => Object.fromEntries(row.flatMap((cell, at) => (names[at] ? [[names[at], cell]] : []))));
  const leftOut = headings ? (cells[0] ?? []).filter((cell, at) => cell && !headings[at]) : [];
  return { rows, hasHeadings: Boolean(headings), leftOut };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A day in the ways people write it, the day before the month: `2026-09-15`, `15/9/2026`, `15 Sep 2026`; null where it is none.
 * @param {string} text
 * @returns {string | null} `2026-09-15`
 */
export function dayOf(text) {
  const [, year, month, date] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text.trim()) ?? flip(text.trim());
  if (!year || !month || !date) return null;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null;
}

/** @param {string} text @returns {string[]} */
function flip(text) {
  const [, date = '', month = '', year = ''] = /^(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})[-/., ]+(\d{4}|\d{2})$/i.exec(text) ?? [];
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return ['', year.length === 2 ? `20${year}` : year, named ? String(named) : month, date];
}

/** Names compared as people mean them. @param {string} text */
export const sameName = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
