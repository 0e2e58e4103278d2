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
// (and done again) as long as nobody else has changed those cells.
// With `expected` the first cell must still hold what it held when its editing began.
function changeBlock(wanted, work, { marks = marksOf(wanted), expected } = {}) {
  const sheet = page.sheet;
  let area, before;
  return later(() => persist(async () => {
    area ??= await followed(wanted, marks, expected);
    const present = () => read(sheet, area);
    if (!before) await grow(sheet, area);
    before ??= await present();
    await work(area);
    remember(swap(sheet, area, before, await present(), present));
    await reload().catch(() => {}); // it is written; the next look shows it
  }));
}

const marksOf = (area) => [markOf(area.top), markOf(area.bottom - 1)];

// Where a block stands now that others may have inserted, deleted or sorted rows.
async function followed(area, marks, expected) {
  await reload();
  if (page.sheet.gid !== marks[0].gid) return area;
  const known = marks.filter((mark) => mark.id !== undefined);
  if (known.some((mark) => find(mark) < 0)) throw new Told(words.gone);
  const shifts = new Set(known.map((mark) => find(mark) - mark.index)), [by = 0] = shifts;
  if (shifts.size > 1) throw new Told(words.moved);
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

function swap(sheet, area, before, after, present) {
  const put = (expected, wanted) => async () => {
    ensure(same(await present(), expected));
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

const read = (sheet, area) => api.cells(ranged(sheet, area), area.bottom - area.top, area.right - area.left);
const isBlank = (rows) => rows.every((row) => row.values.every((cell) => !cell.userEnteredValue));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function ensure(right) {
  if (!right) throw new Told(words.notUndone);
}

// Cells moved: formulas that point at them follow, and follow back.
export function move(from, to) {
  const sheet = page.sheet, marks = [marksOf(from), marksOf(to)];
  const cut = (source, target) => ({
    cutPaste: { source: gridRange(sheet, source), destination: start(sheet, target) },
  });
  return later(async () => {
    const source = await followed(from, marks[0]), target = await followed(to, marks[1]), overlap = meet(source, target);
    await grow(sheet, target);
    const lost = await read(sheet, target);
    const forth = () => api.batch(cut(source, target));
    await forth();
    const back = async () => {
      ensure(overlap || isBlank(await read(sheet, source)));
      await api.batch(cut(target, source), ...(overlap ? [] : [api.write(start(sheet, target), lost)]));
    };
    remember({ gid: sheet.gid, undo: back, redo: forth });
    await reload();
  });
}

export function sort(area, column, sortOrder) {
  const sheet = page.sheet, specs = [{ dimensionIndex: column, sortOrder }];
  return changeBlock(area, (at) => api.batch({ sortRange: { range: gridRange(sheet, at), sortSpecs: specs } }));
}

const lines = (sheet, dimension, { top, bottom, left, right }) => dimension === "ROWS"
  ? { sheetId: sheet.gid, dimension, startIndex: top, endIndex: bottom }
  : { sheetId: sheet.gid, dimension, startIndex: left, endIndex: right };

const across = (sheet, { dimension, startIndex, endIndex }) => dimension === "ROWS"
  ? { top: startIndex, bottom: endIndex, left: 0, right: sheet.wholeWidth }
  : { top: 0, bottom: sheet.wholeHeight, left: startIndex, right: endIndex };

// As many rows or columns as the block has, before or after it; taken back only while nothing stands in them.
export function insert(dimension, block, after) {
  const sheet = page.sheet, marks = marksOf(block);
  return later(async () => {
    const { startIndex, endIndex, ...where } = lines(sheet, dimension, await followed(block, marks));
    const at = after ? endIndex : startIndex;
    const range = { ...where, startIndex: at, endIndex: at + endIndex - startIndex };
    const forth = () => api.batch({ insertDimension: { range, inheritFromBefore: after } });
    const back = async () => {
      ensure(isBlank(await read(sheet, across(sheet, range))));
      await api.batch({ deleteDimension: { range } });
    };
    await forth();
    remember({ gid: sheet.gid, undo: back, redo: forth });
    await reload();
  });
}

// Deleting breaks the formulas that pointed at what is deleted: taking it back writes those anew.
export function remove(dimension, block) {
  const sheet = page.sheet, marks = marksOf(block);
  return later(async () => {
    const range = lines(sheet, dimension, await followed(block, marks)), area = across(sheet, range);
    const before = await api.formulas(), cells = await read(sheet, area);
    const forth = () => api.batch({ deleteDimension: { range } });
    await forth();
    const after = await api.formulas();
    const back = async () => {
      const now = await api.formulas(), inheritFromBefore = range.startIndex > 0;
      await api.batch({ insertDimension: { range, inheritFromBefore } }, api.write(start(sheet, area), cells));
      await mend(sheet, range, { before, after, now });
    };
    const again = async () => {
      ensure(same(await read(sheet, area), cells));
      await forth();
    };
    remember({ gid: sheet.gid, undo: back, redo: again });
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
