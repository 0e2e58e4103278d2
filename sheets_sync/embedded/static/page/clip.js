// Copying and pasting blocks: as tab separated text, which every spreadsheet takes and gives.
import { allowed, copy, enter, move } from "./change.js";
import { chooseArea } from "./choose.js";
import { cellAt, page, selection } from "./sheet.js";

let taken = null; // what was copied here, with its formulas and looks

const quote = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function written(area) {
  const { shownRows, shownColumns } = page.sheet;
  const columns = shownColumns.filter((column) => area.left <= column && column < area.right);
  return shownRows
    .filter((row) => area.top <= row && row < area.bottom)
    .map((row) => columns.map((column) => quote(cellAt(row, column).t ?? "")).join("\t"))
    .join("\n");
}

// Rows of cells from tab separated text; a cell in quotes may hold tabs, line breaks and doubled quotes.
export function parse(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const all = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let match = cell.exec(all); match; match = cell.exec(all)) {
    rows.at(-1).push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (match[3] === "\n") rows.push([]);
    if (cell.lastIndex >= all.length && match[3] === "") break;
  }
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

export function take(event, cut) {
  const area = selection(), text = written(area);
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
  taken = { area, gid: page.sheet.gid, text, cut };
}

export const forget = () => (taken = null);

// From the chosen cell on; a chosen block that holds the copied one several times is filled with it.
function target(height, width) {
  const area = selection(), high = area.bottom - area.top, wide = area.right - area.left;
  const fills = high % height === 0 && wide % width === 0;
  return fills ? area : { ...area, bottom: area.top + height, right: area.left + width };
}

export function paste(event) {
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
  if (!text) return;
  const own = taken && taken.text === text && taken.gid === page.sheet.gid;
  const rows = own ? null : parse(text);
  const height = own ? taken.area.bottom - taken.area.top : rows.length;
  const width = own ? taken.area.right - taken.area.left : rows[0].length;
  const { top, left } = selection();
  const area = own && taken.cut ? { top, left, bottom: top + height, right: left + width } : target(height, width);
  if (!allowed(area)) return;
  if (!own) enter(area, tiled(rows, area)).then(() => chooseArea(area));
  else if (taken.cut) move(taken.area, area).then(() => chooseArea(area));
  else copy(taken.area, area).then(() => chooseArea(area));
  if (own && taken.cut) forget();
}

const tiled = (rows, area) =>
  Array.from({ length: area.bottom - area.top }, (_, row) =>
    Array.from({ length: area.right - area.left }, (_, column) => rows[row % rows.length][column % rows[0].length]));
