// Opens a spreadsheet to work in: reads its sheet, keeps it fresh, and joins keyboard, mouse and clipboard to it.
import * as api from "./api.js";
import { isBusy, onReload, say } from "./change.js";
import { choose, chooseArea, listen, tell } from "./choose.js";
import { forget, paste, take } from "./clip.js";
import { draw, element, show } from "./draw.js";
import { begin, commit, fit, focus, follow, tick } from "./edit.js";
import { endRun } from "./keys.js";
import { areaOf, cellAt, find, isBox, markOf, opened, page, ruleOf, words } from "./sheet.js";
import { openMenu } from "./tools.js";

const grid = document.getElementById("grid"), editor = document.getElementById("editor"), tabs = document.getElementById("tabs");
const EVERY = 3000; // ms between looks for a change made elsewhere

async function load(gid) {
  const found = opened(await api.view(gid));
  const stays = page.sheet?.gid === found.gid, mark = stays ? markOf(page.active.row) : null;
  const from = page.anchor.row - page.active.row;
  page.sheet = found;
  if (!stays) page.active = page.anchor = { row: found.shownRows[0] ?? 0, column: found.shownColumns[0] ?? 0 };
  else if (mark.id !== undefined) stayAt(find(mark), from);
  keepInside();
  show();
  follow();
  showTabs();
  if (found.height < found.wholeHeight) say(words.more.replace("{shown}", found.height).replace("{all}", found.wholeHeight));
  document.title = `${found.title} – ${found.name}`;
  tell(true);
}

// The chosen cells go with their row when rows come or go above it.
function stayAt(row, from) {
  if (row < 0) return;
  page.active = { ...page.active, row };
  page.anchor = { ...page.anchor, row: row + from };
}

function keepInside() {
  const { height, width } = page.sheet;
  for (const name of ["active", "anchor"]) {
    const { row, column } = page[name];
    page[name] = { row: Math.max(0, Math.min(row, height - 1)), column: Math.min(column, width - 1) };
  }
}

// Reads the sheet again when it has changed since it was read.
async function refresh(gid = page.sheet.gid) {
  if (gid !== page.sheet.gid || (await api.version()) !== page.sheet.version) await load(gid);
}

async function look() {
  if (document.hidden || isBusy()) return;
  try {
    await refresh();
    if (document.getElementById("state").dataset.lost) say("");
    delete document.getElementById("state").dataset.lost;
  } catch (error) {
    document.getElementById("state").dataset.lost = "yes";
    say(error.code === 401 ? words.expired : words.offline, true);
  }
}

function showTabs() {
  tabs.replaceChildren(...page.sheet.tabs.filter((tab) => !tab.hidden || tab.gid === page.sheet.gid).map((tab) => {
    const link = element("a", "");
    link.href = `#gid=${tab.gid}`;
    link.role = "tab";
    link.append(element("bdi", "", tab.title));
    link.setAttribute("aria-selected", String(tab.gid === page.sheet.gid));
    link.tabIndex = tab.gid === page.sheet.gid ? 0 : -1;
    if (tab.hidden) link.append(element("small", "", ` (${words.hidden})`));
    return link;
  }));
}

tabs.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by) return;
  const next = (document.dir === "rtl") === (by < 0) ? "nextElementSibling" : "previousElementSibling";
  event.target[next]?.focus();
});

// Links such as #gid=12&range=B7:C9 open the sheet and show the cells.
async function fromAddress() {
  const asked = new URLSearchParams(location.hash.slice(1)), first = new URLSearchParams(location.search).get("gid");
  const gid = asked.get("gid") ?? (page.sheet ? null : first);
  if (page.sheet && !commit()) return;
  if (!page.sheet || (gid !== null && Number(gid) !== page.sheet.gid)) await load(gid);
  const area = areaOf(asked.get("range") ?? "");
  if (area) chooseArea(area);
  else choose(page.active.row, page.active.column, { quiet: true });
  focus();
  fit();
}

function press() {
  endRun();
  if (page.editing) commit();
  focus();
}

function open(event, { row, column }) {
  if (row === undefined || column === undefined || event.shiftKey) return;
  const cell = cellAt(row, column);
  if (isBox(cell) && event.target.closest(".box")) tick();
  else if (event.detail === 2) begin("edit");
  else if (ruleOf(cell)?.choices && event.target.matches(".choice") && atMark(event)) begin("edit");
}

// The mark of a list stands at the end of its cell.
function atMark(event) {
  const box = event.target.getBoundingClientRect();
  return grid.dir === "rtl" ? event.clientX < box.left + 22 : event.clientX > box.right - 22;
}

const whole = (work) => (event) => page.editing || work(event);
editor.addEventListener("copy", whole((event) => take(event, false)));
editor.addEventListener("cut", whole((event) => take(event, true)));
editor.addEventListener("paste", whole(paste));
editor.addEventListener("keydown", (event) => event.key === "Enter" && forget());
grid.addEventListener("contextmenu", openMenu);
editor.addEventListener("contextmenu", (event) => page.editing || openMenu(event));
grid.addEventListener("scroll", fit);
window.addEventListener("resize", () => (draw(true), fit()));
window.addEventListener("hashchange", fromAddress);
window.addEventListener("beforeunload", (event) => (page.editing || isBusy()) && event.preventDefault());
listen(grid, { press, open });
onReload(refresh);
document.body.dataset.busy = 0;
await fromAddress();
document.body.dataset.ready = "yes";
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
