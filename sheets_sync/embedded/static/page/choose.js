// Choosing cells: with the keyboard, with the mouse, and from a link.
import { draw, nodeAt, paint, reveal } from "./draw.js";
import { cellAt, editText, mergeAt, page, place, ruleOf, selection, span, words } from "./sheet.js";

const address = document.getElementById("address"), formula = document.getElementById("formula");
const said = document.getElementById("said"), balloon = document.getElementById("note");

const between = (value, low, high) => Math.min(Math.max(value, low), high);

// Chooses a cell; with `extend` the block from the first chosen cell to it.
export function choose(row, column, { extend = false, quiet = false } = {}) {
  const { sheet } = page;
  const merge = extend ? undefined : mergeAt(row, column);
  const at = { row: merge?.top ?? row, column: merge?.left ?? column };
  if (extend) page.anchor = at;
  else page.active = page.anchor = at;
  reveal(between(row, 0, sheet.height - 1), between(column, 0, sheet.width - 1));
  paint();
  tell(quiet);
}

// Chooses a whole block, its first cell being where typing goes.
export function chooseArea(area) {
  const { sheet } = page;
  page.active = { row: between(area.top, 0, sheet.height - 1), column: between(area.left, 0, sheet.width - 1) };
  page.anchor = { row: between(area.bottom, 1, sheet.height) - 1, column: between(area.right, 1, sheet.width) - 1 };
  reveal(page.active.row, page.active.column);
  paint();
  tell();
}

// Shows, and says to a screen reader, what is chosen.
export function tell(quiet = false) {
  const { row, column } = page.active, cell = cellAt(row, column);
  address.textContent = span(selection());
  if (!page.editing) formula.value = editText(cell);
  const note = cell.n ? ` ${words.note}${cell.n}` : "";
  said.textContent = `${place(row, column)} ${cell.t || words.empty}${note}`;
  if (quiet) balloon.hidden = true;
  else showNote(row, column, ruleOf(cell)?.help);
}

export function showNote(row, column, help = "") {
  const text = [cellAt(row, column).n, help].filter(Boolean).join("\n\n"), node = nodeAt(row, column);
  balloon.hidden = !text || !node || Boolean(page.editing);
  if (balloon.hidden) return;
  balloon.textContent = text;
  beside(balloon, node.getBoundingClientRect());
}

// Puts a box under a cell, within the window, on the side from which the sheet is read.
export function beside(box, cell) {
  const rightToLeft = document.getElementById("grid").dir === "rtl";
  const left = rightToLeft ? cell.right - box.offsetWidth : cell.left;
  box.style.left = `${between(left, 4, window.innerWidth - box.offsetWidth - 4)}px`;
  const below = cell.bottom + box.offsetHeight < window.innerHeight;
  box.style.top = `${below ? cell.bottom : Math.max(4, cell.top - box.offsetHeight)}px`;
}

function stepped(list, places, from, by) {
  const index = places.get(from) ?? 0;
  return list[between(index + by, 0, list.length - 1)];
}

// One cell on: `down` rows and `on` columns in reading direction; hidden ones are passed over.
export function step(down, on, extend = false) {
  const { sheet } = page, from = extend ? page.anchor : page.active;
  const merge = extend ? undefined : mergeAt(from.row, from.column);
  const row = merge && down > 0 ? merge.bottom - 1 : from.row, column = merge && on > 0 ? merge.right - 1 : from.column;
  choose(
    down ? stepped(sheet.shownRows, sheet.rowPlace, row, down) : row,
    on ? stepped(sheet.shownColumns, sheet.columnPlace, column, on) : column,
    { extend },
  );
}

// To the end of a run of filled or of empty cells, as Ctrl with an arrow does.
export function jump(down, on, extend) {
  const { sheet } = page, from = extend ? page.anchor : page.active;
  const filled = (at) => Boolean(editText(cellAt(at.row, at.column)));
  const next = (at) => ({
    row: down ? stepped(sheet.shownRows, sheet.rowPlace, at.row, down) : at.row,
    column: on ? stepped(sheet.shownColumns, sheet.columnPlace, at.column, on) : at.column,
  });
  const same = (a, b) => a.row === b.row && a.column === b.column;
  let at = next(from);
  const run = filled(from) && filled(at);
  while (!same(at, next(at)) && (run ? filled(next(at)) : !filled(at))) at = next(at);
  choose(at.row, at.column, { extend });
}

function cellUnder(event) {
  const cell = event.target.closest?.("[data-column]"), row = event.target.closest?.("[data-row]");
  return {
    row: row ? Number(row.dataset.row) : undefined,
    column: cell ? Number(cell.dataset.column) : undefined,
  };
}

// The mouse: a press chooses a cell, a row or a column; a drag goes on to the block between.
export function listen(grid, { press, open }) {
  let dragging = null;
  const go = ({ row, column }, extend) => {
    const { sheet } = page;
    if (row !== undefined && column !== undefined && dragging === "cell") choose(row, column, { extend });
    else if (row !== undefined && dragging === "row") line({ row, column: 0 }, { row, column: sheet.width - 1 }, extend);
    else if (column !== undefined && dragging === "column") line({ row: 0, column }, { row: sheet.height - 1, column }, extend);
  };
  grid.addEventListener("mousedown", (event) => {
    const at = cellUnder(event);
    if (event.target.closest("a") || (at.row === undefined && at.column === undefined)) return;
    event.preventDefault();
    press();
    dragging = at.row === undefined ? "column" : at.column === undefined ? "row" : "cell";
    if (event.button === 0 || !inside(at)) go(at, event.shiftKey);
    if (event.button === 0) open(event, at);
    else dragging = null;
  });
  grid.addEventListener("mouseover", (event) => {
    const at = cellUnder(event);
    if (dragging) go(at, true);
    else if (at.row !== undefined && at.column !== undefined) showNote(at.row, at.column);
  });
  grid.addEventListener("mouseleave", () => dragging || showNote(page.active.row, page.active.column));
  window.addEventListener("mouseup", () => (dragging = null));
  grid.addEventListener("scroll", () => draw());
}

function inside({ row, column }) {
  const area = selection();
  const within = (value, low, high) => value === undefined || (low <= value && value < high);
  return within(row, area.top, area.bottom) && within(column, area.left, area.right);
}

function line(from, to, extend) {
  if (!extend) page.active = from;
  page.anchor = to;
  paint();
  tell(true);
}
