// The keyboard, as in Sheets. Left and right are as drawn: in a sheet from right to left, left is the next column.
import { clear, allowed, redo, undo } from "./change.js";
import { choose, chooseArea, jump, step } from "./choose.js";
import { forget } from "./clip.js";
import { begin, cancel, commit, focus, listKey, tick } from "./edit.js";
import { nodeAt } from "./draw.js";
import { cellAt, isBox, page, ruleOf, selection } from "./sheet.js";

const grid = document.getElementById("grid"), editor = document.getElementById("editor");
let run = null; // the column in which a run of Tabs began: Enter goes back to it

function arrow(key) {
  const next = grid.dir === "rtl" ? -1 : 1;
  return { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -next], ArrowRight: [0, next] }[key];
}

// Leaves the cell with what was typed, one cell on.
function leave(down, on) {
  const { column } = page.editing ?? page.active;
  if (!commit()) return;
  if (on) run ??= column;
  if (down && run !== null) choose(page.active.row, run);
  if (down) run = null;
  step(down, on);
}

function whileEditing(event) {
  const { key } = event, move = arrow(key), back = event.shiftKey ? -1 : 1;
  if (listKey(event)) return true;
  if (key === "Escape") cancel();
  else if (key === "Enter" && (event.altKey || event.metaKey)) return insertBreak();
  else if (key === "Enter" && event.ctrlKey) commit({ fill: true });
  else if (key === "Enter") leave(back, 0);
  else if (key === "Tab") leave(0, back);
  else if (key === "F2") page.editing.mode = page.editing.mode === "edit" ? "enter" : "edit";
  else if (move && page.editing.mode === "enter" && event.target === editor) leave(...move);
  else return false;
  return true;
}

function insertBreak() {
  document.activeElement.setRangeText("\n", document.activeElement.selectionStart, document.activeElement.selectionEnd, "end");
  document.activeElement.dispatchEvent(new Event("input"));
  return true;
}

function shortcut(event) {
  const { sheet, active } = page;
  // By the key's place, so that it works in a Hebrew layout too.
  const found = {
    KeyZ: () => (event.shiftKey ? redo() : undo()),
    KeyY: redo,
    KeyA: () => chooseArea({ top: 0, left: 0, bottom: sheet.height, right: sheet.width }),
    Home: () => (choose(sheet.shownRows[0], sheet.shownColumns[0]), grid.scrollTo(0, 0)),
    End: () => choose(Math.max(sheet.filled - 1, 0), lastColumn()),
    Space: () => chooseArea({ top: 0, bottom: sheet.height, left: active.column, right: active.column + 1 }),
  }[event.code];
  const move = arrow(event.key);
  if (move) jump(...move, event.shiftKey);
  else if (found) found();
  else return false;
  return true;
}

function lastColumn() {
  const filled = [...page.sheet.byRow.values()].map((row) => (row.cells ?? []).findLast((cell) => cell.t)?.c ?? 0);
  return filled.reduce((last, column) => Math.max(last, column), 0);
}

function withAlt(key, cell) {
  if (key === "Enter") return followLink();
  if (key !== "ArrowDown" || !ruleOf(cell)?.choices) return false;
  begin("edit");
  return true;
}

function whileChoosing(event) {
  const { key, shiftKey } = event, { active, sheet } = page, cell = cellAt(active.row, active.column);
  const move = arrow(key), screen = Math.max(1, Math.floor(grid.clientHeight / 30) - 2);
  if (event.ctrlKey || event.metaKey) return shortcut(event);
  if (event.altKey) return withAlt(key, cell);
  if (move) step(...move, shiftKey);
  else if (key === "Tab") return (run ??= active.column), step(0, shiftKey ? -1 : 1), true;
  else if (key === "Enter" || key === "F2") return begin("edit"), true;
  else if (key === "Home") choose(active.row, sheet.shownColumns[0], { extend: shiftKey });
  else if (key === "End") choose(active.row, sheet.shownColumns.at(-1), { extend: shiftKey });
  else if (key === "PageDown") step(screen, 0, shiftKey);
  else if (key === "PageUp") step(-screen, 0, shiftKey);
  else if (key === "Delete" || key === "Backspace") empty();
  else if (key === " " && shiftKey) chooseArea({ top: active.row, bottom: active.row + 1, left: 0, right: sheet.width });
  else if (key === " " && isBox(cell)) tick();
  else if (key === "Escape") forget();
  else return false;
  run = null;
  return true;
}

export function empty() {
  const area = selection();
  if (allowed(area)) clear(area);
}

function followLink() {
  const link = nodeAt(page.active.row, page.active.column)?.querySelector("a");
  link?.click();
  return Boolean(link);
}

for (const field of [editor, document.getElementById("formula")]) {
  field.addEventListener("keydown", (event) => {
    if (!page.sheet || event.isComposing) return;
    if (!(page.editing ? whileEditing(event) : whileChoosing(event))) return;
    event.preventDefault();
    if (!page.editing) focus();
  });
}

export const endRun = () => (run = null);
