// Draws the sheet: the rows that are seen and a few beyond, under the pinned letters and frozen rows.
import { cellAt, isBox, letters, page, ruleOf, selection, ticked } from "./sheet.js";

const grid = document.getElementById("grid");
const EDGE = 12; // rows drawn beyond what is seen
const ROW = 27; // a row's height until it has been drawn
const NUMBERS = 46; // width of the row numbers
const style = new CSSStyleSheet();
document.adoptedStyleSheets = [style];

const canvas = element("div", "canvas"), pinned = element("div", "pinned"), body = element("div", "body");
const rows = element("div", "rows");
body.append(rows);
canvas.append(pinned, body);
grid.append(canvas);

let heights = [], tops = [0], drawn = new Map(), frozen = new Map(), shown = null, first = 0;

export function element(name, classes, text) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text !== undefined) made.textContent = text;
  return made;
}

// A sheet in the place of another, or of its older self: what is seen stays where it is.
export function show() {
  const { sheet } = page;
  grid.dir = sheet.rightToLeft ? "rtl" : "ltr";
  style.replaceSync(rulesOf(sheet));
  canvas.style.width = `${NUMBERS + sheet.shownColumns.reduce((sum, column) => sum + sheet.columns[column], 0)}px`;
  const scrolling = sheet.shownRows.filter((row) => row >= sheet.frozenRows);
  if (shown?.gid !== sheet.gid || heights.length !== scrolling.length) heights = scrolling.map(() => ROW);
  shown = { gid: sheet.gid, rows: scrolling };
  drawn = new Map();
  frozen = new Map(sheet.shownRows.filter((row) => row < sheet.frozenRows).map((row) => [row, rowNode(row)]));
  pinned.replaceChildren(letterRow(), ...frozen.values());
  stack();
  draw(true);
}

function rulesOf(sheet) {
  const found = sheet.styles.map((rule, index) => `.cell.f${index}{${rule}}`);
  let from = NUMBERS;
  for (const column of sheet.shownColumns) {
    const sticky = column < sheet.frozenColumns ? `position:sticky;z-index:2;inset-inline-start:${from}px` : "";
    found.push(`.k${column}{width:${sheet.columns[column]}px;${sticky}}`);
    from += sheet.columns[column];
  }
  return found.join("\n");
}

function stack() {
  tops = [0];
  for (const height of heights) tops.push(tops.at(-1) + height);
  body.style.height = `${tops.at(-1)}px`;
}

function indexAt(y) {
  let low = 0, high = heights.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

export function draw(force = false) {
  const seen = indexAt(grid.scrollTop), end = indexAt(grid.scrollTop + grid.clientHeight);
  if (!force && drawn.has(shown.rows[seen]) && drawn.has(shown.rows[end])) return;
  first = Math.max(0, seen - EDGE);
  const wanted = shown.rows.slice(first, end + EDGE + 1);
  drawn = new Map(wanted.map((row) => [row, drawn.get(row) ?? rowNode(row)]));
  rows.replaceChildren(...drawn.values());
  measure(seen);
  paint();
}

// Heights are known only once text has wrapped; what stands at the top of the window must not move for it.
function measure(seen) {
  const before = tops[seen];
  let index = first, changed = false;
  for (const node of drawn.values()) {
    const height = node.offsetHeight;
    changed ||= heights[index] !== height;
    heights[index++] = height;
  }
  if (changed) stack();
  rows.style.top = `${tops[first]}px`;
  if (tops[seen] !== before) grid.scrollTop += tops[seen] - before;
}

function letterRow() {
  const node = element("div", "row letters");
  node.append(element("div", "tally corner"));
  for (const column of page.sheet.shownColumns) {
    const letter = element("div", `letter k${column}`, letters(column));
    letter.dataset.column = column;
    node.append(letter);
  }
  return node;
}

function rowNode(row) {
  const node = element("div", "row"), number = element("div", "tally", row + 1);
  node.dataset.row = row;
  node.role = "row";
  number.dataset.number = row;
  const least = page.sheet.byRow.get(row)?.h;
  if (least) node.style.minHeight = `${least}px`;
  node.append(number, ...page.sheet.shownColumns.map((column) => cellNode(row, column)));
  return node;
}

function cellNode(row, column) {
  const cell = cellAt(row, column), node = element("div", `cell k${column}`);
  node.dataset.column = column;
  node.role = "gridcell";
  if (cell.s !== undefined) node.classList.add(`f${cell.s}`);
  if (cell.k) node.classList.add(cell.k);
  if (cell.n) node.classList.add("noted");
  if (ruleOf(cell)?.choices) node.classList.add("choice");
  const merge = page.sheet.merges.find((merge) => merge.top === row && merge.left === column);
  const inner = merge ? node.appendChild(mergedNode(merge, cell)) : node;
  inner.append(...contents(cell));
  if (cell.t && !merge && !cell.k && !cell.l && !ruleOf(cell)) overflow(node, row, column, cell.t);
  return node;
}

// Text that is longer than its cell runs on over the empty cells that follow it.
function overflow(node, row, column, text) {
  const { sheet } = page, looks = sheet.styles[cellAt(row, column).s] ?? "";
  if (text.length * 9 < sheet.columns[column] || looks.includes("text-align") || looks.includes("pre-wrap")) return;
  let room = sheet.columns[column] - 12;
  for (let at = sheet.columnPlace.get(column) + 1; at < sheet.shownColumns.length; at++) {
    const next = cellAt(row, sheet.shownColumns[at]);
    if (next.t || ruleOf(next)) break;
    room += sheet.columns[sheet.shownColumns[at]];
  }
  node.classList.add("over");
  node.firstChild.style.maxWidth = `${room}px`;
}

function contents(cell) {
  if (isBox(cell)) return [element("span", "box", ticked(cell) ? "☑" : "☐")];
  if (!cell.t) return [];
  if (!cell.l) return [element("bdi", "", cell.t)];
  const link = element("a", "");
  link.href = cell.l;
  if (!cell.l.startsWith("#")) link.target = "_blank";
  link.rel = "noreferrer noopener";
  link.tabIndex = -1;
  link.append(element("bdi", "", cell.t));
  return [link];
}

// A merged cell lies over those that it covers.
function mergedNode(merge, cell) {
  const { sheet } = page, node = element("div", `merged cell ${cell.s === undefined ? "" : `f${cell.s}`}`);
  const wide = sheet.shownColumns.filter((column) => merge.left <= column && column < merge.right);
  const high = sheet.shownRows.filter((row) => merge.top <= row && row < merge.bottom);
  node.style.width = `${wide.reduce((sum, column) => sum + sheet.columns[column], 0)}px`;
  if (high.length > 1) node.style.height = `${high.reduce((sum, row) => sum + heightOf(row), 0)}px`;
  return node;
}

function heightOf(row) {
  const { sheet } = page;
  return heights[sheet.rowPlace.get(row) - sheet.rowPlace.get(shown.rows[0])] ?? sheet.byRow.get(row)?.h ?? ROW;
}

export const rowAt = (row) => drawn.get(row) ?? frozen.get(row);
export const nodeAt = (row, column) => rowAt(row)?.children[page.sheet.columnPlace.get(column) + 1];

// Marks the chosen cells.
export function paint() {
  for (const node of canvas.querySelectorAll(".chosen, .active")) node.classList.remove("chosen", "active");
  const area = selection(), { active } = page;
  const columns = page.sheet.shownColumns.filter((column) => area.left <= column && column < area.right);
  const one = area.bottom - area.top === 1 && area.right - area.left === 1;
  for (const [row, node] of [...frozen, ...drawn]) {
    if (row < area.top || row >= area.bottom) continue;
    node.firstChild.classList.add("chosen");
    if (!one) for (const column of columns) nodeAt(row, column).classList.add("chosen");
  }
  for (const column of columns) pinned.firstChild.children[page.sheet.columnPlace.get(column) + 1].classList.add("chosen");
  nodeAt(active.row, active.column)?.classList.add("active");
}

// Scrolls until the cell is wholly seen beside what is pinned; one that is far away comes to stand in the middle.
export function reveal(row, column) {
  const index = shown.rows.indexOf(row);
  if (index >= 0) {
    const room = grid.clientHeight - pinned.offsetHeight;
    const far = Math.abs(tops[index] - grid.scrollTop) > 2 * room;
    if (far) grid.scrollTop = tops[index] - room / 2;
    else if (tops[index] < grid.scrollTop) grid.scrollTop = tops[index];
    else if (tops[index + 1] > grid.scrollTop + room) grid.scrollTop = tops[index + 1] - room;
    draw();
  }
  const cell = nodeAt(row, column)?.getBoundingClientRect(), box = grid.getBoundingClientRect();
  if (!cell || column < page.sheet.frozenColumns) return;
  const kept = NUMBERS + page.sheet.shownColumns
    .filter((each) => each < page.sheet.frozenColumns)
    .reduce((sum, each) => sum + page.sheet.columns[each], 0);
  const rightToLeft = grid.dir === "rtl";
  const left = box.left + (rightToLeft ? box.width - grid.clientWidth : kept);
  const right = box.left + (rightToLeft ? box.width - kept : grid.clientWidth);
  if (cell.left < left) grid.scrollLeft += cell.left - left;
  else if (cell.right > right) grid.scrollLeft += Math.min(cell.right - right, cell.left - left);
}
