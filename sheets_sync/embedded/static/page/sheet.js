// The open sheet as the server showed it, and arithmetic over its cells. An area is half open, from 0.
const BLANK = Object.freeze({});

// What the page shows and where the person stands in it.
export const page = { sheet: null, active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 }, editing: null };
export const words = JSON.parse(document.getElementById("grid").dataset.words);

export function letters(column) {
  let name = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

export const place = (row, column) => letters(column) + (row + 1);

export function span({ top, bottom, left, right }) {
  const first = place(top, left), last = place(bottom - 1, right - 1);
  return first === last ? first : `${first}:${last}`;
}

export const ranged = (sheet, area) => `'${sheet.title.replaceAll("'", "''")}'!${span(area)}`;

export const gridRange = (sheet, area) => ({
  sheetId: sheet.gid,
  startRowIndex: area.top,
  endRowIndex: area.bottom,
  startColumnIndex: area.left,
  endColumnIndex: area.right,
});

export const start = (sheet, area) => ({ sheetId: sheet.gid, rowIndex: area.top, columnIndex: area.left });

// An area from `B7` or `B7:C9`, as links have it; null when it is none.
export function areaOf(text) {
  const match = /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$/.exec(text.toUpperCase().replaceAll("$", ""));
  if (!match) return null;
  const column = (name) => [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const [, left, top, right = left, bottom = top] = match;
  return { top: top - 1, bottom: +bottom, left: column(left), right: column(right) + 1 };
}

function without(count, hidden) {
  const gone = new Set(hidden);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !gone.has(index));
}

export function opened(data) {
  const byRow = new Map();
  for (const row of data.rows) {
    row.at = new Map((row.cells ?? []).map((cell) => [cell.c, cell]));
    byRow.set(row.i, row);
  }
  const shownRows = without(data.height, data.hiddenRows), shownColumns = without(data.width, data.hiddenColumns);
  const rowPlace = new Map(shownRows.map((row, index) => [row, index]));
  const columnPlace = new Map(shownColumns.map((column, index) => [column, index]));
  return { ...data, byRow, shownRows, shownColumns, rowPlace, columnPlace };
}

export const cellAt = (row, column) => page.sheet.byRow.get(row)?.at.get(column) ?? BLANK;
export const editText = (cell) => cell.e ?? cell.t ?? "";
export const ruleOf = (cell) => (cell.v === undefined ? undefined : page.sheet.rules[cell.v]);
export const isBox = (cell) => ruleOf(cell)?.kind === "BOOLEAN";
export const ticked = (cell) => cell.k === "boolean" ? cell.t === "TRUE" : editText(cell) === ruleOf(cell).values?.[0];
export const mergeAt = (row, column) => page.sheet.merges.find((merge) => holds(merge, row, column));
export const holds = (area, row, column) =>
  area.top <= row && row < area.bottom && area.left <= column && column < area.right;
export const meet = (a, b) => a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;

export function selection() {
  const { active, anchor } = page;
  const area = {
    top: Math.min(active.row, anchor.row),
    bottom: Math.max(active.row, anchor.row) + 1,
    left: Math.min(active.column, anchor.column),
    right: Math.max(active.column, anchor.column) + 1,
  };
  for (const merge of page.sheet.merges.filter((merge) => meet(merge, area))) {
    area.top = Math.min(area.top, merge.top);
    area.bottom = Math.max(area.bottom, merge.bottom);
    area.left = Math.min(area.left, merge.left);
    area.right = Math.max(area.right, merge.right);
  }
  return area;
}

const signature = (row) => JSON.stringify((row?.cells ?? []).map((cell) => [cell.c, editText(cell)]));

// What a row is known by, so that it is found again after inserts, deletes and sorts made elsewhere.
export function markOf(index) {
  const row = page.sheet.byRow.get(index);
  return { gid: page.sheet.gid, index, id: row?.id, text: signature(row) };
}

// Where the marked row stands now; -1 when it is gone.
export function find(mark) {
  if (page.sheet.gid !== mark.gid) return -1;
  if (mark.id === undefined) return mark.index < page.sheet.height ? mark.index : -1;
  const rows = [...page.sheet.byRow.values()];
  const same = rows.find((row) => row.id === mark.id);
  if (same && signature(same) === mark.text) return same.i;
  const alike = rows.filter((row) => signature(row) === mark.text);
  return alike.length === 1 && mark.text !== "[]" ? alike[0].i : (same?.i ?? -1);
}
