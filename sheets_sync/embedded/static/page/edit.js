// Editing one cell: in the cell, in the formula bar, from its list, or by a tick.
import { allowed, enter, say } from "./change.js";
import { beside, choose, tell } from "./choose.js";
import { element, nodeAt } from "./draw.js";
import { cellAt, editText, find, isBox, markOf, page, ruleOf, selection, ticked, words } from "./sheet.js";

const editor = document.getElementById("editor"), formula = document.getElementById("formula");
const choices = document.getElementById("choices");
let picked = -1;

export const focus = () => editor.focus({ preventScroll: true });

// Starts to edit the active cell. Mode `enter` (it was typed over): arrows leave the cell; mode `edit`: they move in it.
export function begin(mode, text, { inBar = false, again = false } = {}) {
  const { row, column } = page.active, cell = cellAt(row, column);
  if (isBox(cell) && mode === "edit") return tick();
  const original = editText(cell);
  page.editing = { row, column, mode, mark: markOf(row), original, again };
  editor.value = text ?? original;
  editor.className = `editor open ${nodeAt(row, column)?.className.replace(/\b(active|chosen|noted|choice)\b/g, "") ?? ""}`;
  fit();
  tell(true);
  formula.value = editor.value;
  if (!inBar) {
    focus();
    editor.setSelectionRange(editor.value.length, editor.value.length);
  }
  list(mode === "enter" ? editor.value : "");
  return undefined;
}

// Lays the editor over its cell; it grows with what is typed.
export function fit() {
  const at = page.editing ?? page.active, node = nodeAt(at.row, at.column);
  if (!node) return;
  const box = node.getBoundingClientRect();
  editor.style.left = `${box.left}px`;
  editor.style.top = `${box.top}px`;
  if (!page.editing) return;
  editor.style.width = `${Math.max(box.width, 90)}px`;
  editor.style.height = "0";
  editor.style.height = `${Math.max(box.height, editor.scrollHeight)}px`;
  if (document.getElementById("grid").dir === "rtl") editor.style.left = `${box.right - editor.offsetWidth}px`;
  if (!choices.hidden) beside(choices, editor.getBoundingClientRect());
}

function end() {
  page.editing = null;
  editor.value = "";
  editor.className = "editor";
  editor.removeAttribute("style");
  choices.hidden = true;
  focus();
  fit();
}

export function cancel() {
  if (!page.editing) return;
  end();
  tell();
}

function permitted(rule, text) {
  if (!rule?.strict || !rule.choices || text === "" || text.startsWith("=")) return true;
  return rule.choices.includes(text);
}

// Ends the editing and sends what was typed. Answers false, and goes on editing, where that cannot be.
export function commit({ fill = false } = {}) {
  const { editing } = page, text = editor.value;
  if (!editing) return true;
  const row = find(editing.mark), cell = cellAt(row, editing.column);
  const area = fill ? selection() : { top: row, bottom: row + 1, left: editing.column, right: editing.column + 1 };
  if (text === editing.original && !fill) return end(), tell(), true;
  if (row < 0) return say(words.gone, true), false;
  if (!permitted(ruleOf(cell), text)) return say(words.strict, true), false;
  if (!allowed(area)) return cancel(), false;
  const rows = Array.from({ length: area.bottom - area.top }, () => Array(area.right - area.left).fill(text));
  const known = { marks: [markOf(row)], expected: editing.again || fill ? undefined : editing.original };
  enter(area, rows, fill ? {} : known).then((did) => did || giveBack(editing, text));
  nodeAt(row, editing.column)?.replaceChildren(element("bdi", "pending", text));
  end();
  return true;
}

// What could not be written stands in its cell again, to be entered once more or given up.
function giveBack({ mark, column }, text) {
  const row = find(mark);
  if (page.editing || row < 0) return;
  choose(row, column);
  begin("edit", text, { again: true });
}

// After the sheet was read anew: the edit in progress stays with its row.
export function follow() {
  if (!page.editing) return;
  const row = find(page.editing.mark);
  if (row >= 0) {
    page.editing.row = row;
    page.active = page.anchor = { row, column: page.editing.column };
  }
  fit();
}

// Ticks the boxes of the selection, or takes all ticks away when all are ticked.
export function tick() {
  const area = selection(), { row, column } = page.active;
  if (!allowed(area)) return;
  const to = !ticked(cellAt(row, column));
  const rows = [];
  for (let index = area.top; index < area.bottom; index++) {
    rows.push([]);
    for (let each = area.left; each < area.right; each++) {
      const cell = cellAt(index, each), values = ruleOf(cell)?.values ?? [];
      if (isBox(cell)) rows.at(-1).push(to ? (values[0] ?? true) : (values[1] ?? false));
      else rows.at(-1).push(null);
    }
  }
  const box = nodeAt(row, column)?.querySelector(".box");
  if (box) box.textContent = to ? "☑" : "☐";
  enter(area, rows);
}

function list(text) {
  const { row, column } = page.editing, found = ruleOf(cellAt(row, column))?.choices;
  choices.hidden = !found?.length;
  if (choices.hidden) return;
  const part = text.trim().toLowerCase(), alike = found.filter((choice) => choice.toLowerCase().includes(part));
  choices.replaceChildren(...(alike.length ? alike : found).map((choice) => {
    const item = element("li", "", choice);
    item.role = "option";
    item.dir = "auto";
    return item;
  }));
  const current = part ? 0 : (alike.length ? alike : found).indexOf(page.editing.original);
  point(alike.length ? current : -1);
  beside(choices, editor.getBoundingClientRect());
}

function point(index) {
  picked = index;
  [...choices.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === index)));
  choices.children[index]?.scrollIntoView({ block: "nearest" });
}

// The keys of an open list; answers whether the key was one.
export function listKey(event) {
  if (choices.hidden) return false;
  const count = choices.children.length;
  if (event.key === "ArrowDown") point((picked + 1) % count);
  else if (event.key === "ArrowUp") point((picked - 1 + count) % count);
  else if ((event.key === "Enter" || event.key === "Tab") && picked >= 0) {
    editor.value = choices.children[picked].textContent;
    return false;
  } else return false;
  return true;
}

choices.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const item = event.target.closest("li");
  if (!item) return;
  editor.value = item.textContent;
  commit();
});

editor.addEventListener("input", () => {
  if (!page.editing) begin("enter", editor.value);
  else list(editor.value);
  formula.value = editor.value;
  fit();
});

formula.addEventListener("focus", () => page.editing || begin("edit", undefined, { inBar: true }));
formula.addEventListener("input", () => {
  editor.value = formula.value;
  fit();
});
