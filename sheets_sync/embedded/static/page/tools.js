// The buttons above the sheet, and the same in a menu at the cell.
import { allowed, insert, redo, remove, sort, undo } from "./change.js";
import { beside } from "./choose.js";
import { element, nodeAt } from "./draw.js";
import { commit, focus } from "./edit.js";
import { empty } from "./keys.js";
import { page, selection, words } from "./sheet.js";

const tools = document.getElementById("tools"), menu = document.getElementById("menu");

// The block to sort: the chosen one, or all rows below the frozen ones when a single row is chosen.
function sorted(order) {
  const { sheet, active } = page, chosen = selection();
  const whole = { top: sheet.frozenRows, bottom: sheet.filled, left: 0, right: sheet.width };
  const area = chosen.bottom - chosen.top > 1 ? { ...chosen, bottom: Math.min(chosen.bottom, sheet.filled) } : whole;
  if (area.bottom - area.top > 1 && allowed(area)) sort(area, active.column, order);
}

function add(dimension, after) {
  insert(dimension, selection(), after);
}

function drop(dimension) {
  const area = selection();
  if (allowed(area)) remove(dimension, area);
}

const ACTIONS = [
  ["undo", "↶", undo],
  ["redo", "↷", redo],
  ["rowAbove", "⤒", () => add("ROWS", false)],
  ["rowBelow", "⤓", () => add("ROWS", true)],
  ["deleteRows", "✕", () => drop("ROWS")],
  ["columnBefore", "", () => add("COLUMNS", false)],
  ["columnAfter", "", () => add("COLUMNS", true)],
  ["deleteColumns", "", () => drop("COLUMNS")],
  ["sortUp", "", () => sorted("ASCENDING")],
  ["sortDown", "", () => sorted("DESCENDING")],
  ["clear", "", empty],
];
const IN_BAR = ["undo", "redo", "rowAbove", "rowBelow", "deleteRows", "sortUp", "sortDown"];

function button([name, sign, action], role) {
  const made = element("button", "", role === "menuitem" || !sign ? words[name] : `${sign} ${words[name]}`);
  made.type = "button";
  made.dataset.do = name;
  if (role) made.role = role;
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", () => {
    menu.hidden = true;
    if (commit()) action();
    focus();
  });
  return made;
}

export function openMenu(event) {
  event.preventDefault();
  menu.hidden = false;
  const cell = nodeAt(page.active.row, page.active.column)?.getBoundingClientRect();
  const at = new DOMRect(event.clientX, event.clientY, 0, 0);
  beside(menu, event.clientX || event.clientY ? at : (cell ?? at));
  menu.firstChild.focus();
}

menu.addEventListener("keydown", (event) => {
  const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (next) document.activeElement[next]?.focus();
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
});

function close() {
  menu.hidden = true;
  focus();
}

document.addEventListener("mousedown", (event) => menu.hidden || menu.contains(event.target) || (menu.hidden = true));
tools.replaceChildren(...ACTIONS.filter(([name]) => IN_BAR.includes(name)).map((action) => button(action)));
menu.replaceChildren(...ACTIONS.map((action) => button(action, "menuitem")));
