// Every edit: one after the other, through the Sheets API, each with what takes it back.
import * as api from "./api.js";
import { cellAt, editText, find, gridRange, markOf, meet, page, place, ranged, start, words } from "./sheet.js";

const state = document.getElementById("state");
const done = [], undone = [];
let queue = Promise.resolve(), waiting = 0, asked = 0, reload = async () => {};

export const onReload = (found) => (reload = found);
export const isBusy = () => waiting > 0;

export function say(text, wrong = false) {
  state.textContent = text;
  state.classList.toggle("wrong", wrong);
}

// Does a piece of work after all those before it; tells what the server refused. Answers whether it was done.
export function later(work) {
  waiting += 1;
  document.body.dataset.busy = waiting;
  say(words.saving);
  const result = queue.then(work).then(
    () => (say(words.saved), true),
    (error) => (refused(error), false),
  );
  queue = result.then(() => {
    waiting -= 1;
    document.body.dataset.busy = waiting;
  });
  return result;
}

class Told extends Error {}

function refused(error) {
  if (error instanceof Told) say(error.message, true);
  else if (error instanceof api.Lost) say(words.lost, true);
  else if (!(error instanceof api.Refused)) throw error;
  else say(error.code === 401 ? words.expired : words.refused + error.message, true);
}

function remember(entry) {
  done.push(entry);
  undone.length = 0;
}

// Asks before a block is changed that its writer has put a warning on; once in five minutes.
export function allowed(area) {
  if (Date.now() < asked + 300_000 || !page.sheet.warned.some((each) => meet(each, area))) return true;
  if (!window.confirm(words.warned)) return false;
  asked = Date.now();
  return true;
}

// Tries again until the server answers: only for what may be done twice.
async function persist(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof api.Lost)) throw error;
      say(words.offline, true);
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

// A change of the cells of one block: what stood there before and after is remembered, so that it can be taken back
// (and done again) as long as nobody else has changed those cells. Rows that were moved meanwhile are found again.
// With `mark` and `expected` the first cell must still hold what it held when its editing began.
function changeBlock(wanted, work, { mark = markOf(wanted.top), expected } = {}) {
  const sheet = page.sheet;
  let area, before;
  return later(() => persist(async () => {
    area ??= await followed(wanted, mark, expected);
    const height = area.bottom - area.top, width = area.right - area.left;
    const read = () => api.cells(ranged(sheet, area), height, width);
    if (!before) await grow(sheet, area);
    before ??= await read();
    await work(area);
    remember(swap(sheet, area, before, await read(), read));
    await reload().catch(() => {}); // it is written; the next look shows it
  }));
}

async function followed(area, mark, expected) {
  await reload();
  if (page.sheet.gid !== mark.gid) return area;
  const row = find(mark);
  if (row < 0 && mark.id !== undefined) throw new Told(words.gone);
  const by = row < 0 ? 0 : row - mark.index;
  const text = editText(cellAt(area.top + by, area.left));
  if (expected !== undefined && text !== expected) {
    throw new Told(words.changed.replace("{place}", place(area.top + by, area.left)).replace("{text}", text));
  }
  return { ...area, top: area.top + by, bottom: area.bottom + by };
}

async function grow(sheet, area) {
  const more = [["ROWS", area.bottom - sheet.wholeHeight], ["COLUMNS", area.right - sheet.wholeWidth]];
  const requests = more
    .filter(([, length]) => length > 0)
    .map(([dimension, length]) => ({ appendDimension: { sheetId: sheet.gid, dimension, length } }));
  if (requests.length) await api.batch(...requests);
}

function swap(sheet, area, before, after, read) {
  const put = (expected, wanted) => async () => {
    if (JSON.stringify(await read()) !== JSON.stringify(expected)) throw new Told(words.notUndone);
    await api.batch(api.write(start(sheet, area), wanted));
  };
  return { gid: sheet.gid, undo: put(after, before), redo: put(before, after) };
}

export function enter(area, rows, known) {
  const sheet = page.sheet;
  return changeBlock(area, (at) => api.enter(ranged(sheet, at), rows), known);
}

export function clear(area) {
  const sheet = page.sheet;
  return changeBlock(area, (at) => api.clear(ranged(sheet, at)));
}

export function copy(source, target) {
  const sheet = page.sheet;
  return changeBlock(target, (at) =>
    api.batch({ copyPaste: { source: gridRange(sheet, source), destination: gridRange(sheet, at) } }));
}

// Cells moved: formulas that point at them follow, and follow back.
export function move(source, target) {
  const sheet = page.sheet;
  const cut = (from, to) => ({ cutPaste: { source: gridRange(sheet, from), destination: start(sheet, to) } });
  return later(async () => {
    await grow(sheet, target);
    const lost = await api.cells(ranged(sheet, target), target.bottom - target.top, target.right - target.left);
    const forth = () => api.batch(cut(source, target));
    const under = meet(source, target) ? [] : [api.write(start(sheet, target), lost)];
    await forth();
    remember({ gid: sheet.gid, undo: () => api.batch(cut(target, source), ...under), redo: forth });
    await reload();
  });
}

export function sort(area, column, sortOrder) {
  const sheet = page.sheet, specs = [{ dimensionIndex: column, sortOrder }];
  return changeBlock(area, (at) => api.batch({ sortRange: { range: gridRange(sheet, at), sortSpecs: specs } }));
}

const lines = (sheet, dimension, from, to) => ({ sheetId: sheet.gid, dimension, startIndex: from, endIndex: to });

export function insert(dimension, at, count, inheritFromBefore) {
  const sheet = page.sheet, range = lines(sheet, dimension, at, at + count);
  const forth = () => api.batch({ insertDimension: { range, inheritFromBefore } });
  return later(async () => {
    await forth();
    remember({ gid: sheet.gid, undo: () => api.batch({ deleteDimension: { range } }), redo: forth });
    await reload();
  });
}

// Deleting breaks the formulas that pointed at what is deleted: taking it back writes those anew.
export function remove(dimension, from, to) {
  const sheet = page.sheet, range = lines(sheet, dimension, from, to), whole = { top: 0, left: 0 };
  const area = dimension === "ROWS"
    ? { ...whole, top: from, bottom: to, right: sheet.wholeWidth }
    : { ...whole, left: from, right: to, bottom: sheet.wholeHeight };
  const forth = () => api.batch({ deleteDimension: { range } });
  return later(async () => {
    const before = await api.formulas();
    const cells = await api.cells(ranged(sheet, area), area.bottom - area.top, area.right - area.left);
    await forth();
    const after = await api.formulas();
    const back = async () => {
      const now = await api.formulas();
      await api.batch({ insertDimension: { range, inheritFromBefore: from > 0 } }, api.write(start(sheet, area), cells));
      await mend(sheet, range, { before, after, now });
    };
    remember({ gid: sheet.gid, undo: back, redo: forth });
    await reload();
  });
}

// Writes the formulas that the deletion changed as they were, save those that somebody has changed since.
async function mend(sheet, range, { before, after, now }) {
  const present = await api.formulas(), requests = [];
  for (const [key, formulaValue] of before) {
    const [gid, row, column] = key.split(",").map(Number), at = [row, column], side = range.dimension === "ROWS" ? 0 : 1;
    if (gid === sheet.gid && at[side] >= range.endIndex) at[side] -= range.endIndex - range.startIndex;
    const shifted = [gid, ...at].join(",");
    if (present.get(key) === formulaValue || now.get(shifted) !== after.get(shifted)) continue;
    const start = { sheetId: gid, rowIndex: row, columnIndex: column };
    const rows = [{ values: [{ userEnteredValue: { formulaValue } }] }];
    requests.push({ updateCells: { start, rows, fields: "userEnteredValue" } });
  }
  if (requests.length) await api.batch(...requests);
}

function back(from, to, way) {
  const entry = from.pop();
  if (!entry) return Promise.resolve(false);
  return later(async () => {
    await entry[way]();
    to.push(entry);
    await reload(entry.gid);
  });
}

export const undo = () => back(done, undone, "undo");
export const redo = () => back(undone, done, "redo");
