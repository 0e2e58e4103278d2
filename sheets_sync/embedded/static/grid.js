// Links such as #gid=12&range=B7:C9 open the tab and show the cells.
"use strict";

function wanted() {
  return new URLSearchParams(location.hash.slice(1));
}

function columnNumber(letters) {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

function columnName(number) {
  let name = "";
  for (; number > 0; number = Math.floor((number - 1) / 26)) name = String.fromCharCode(65 + ((number - 1) % 26)) + name;
  return name;
}

function cells(range) {
  const match = /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$/.exec(range.toUpperCase());
  if (!match) return [];
  const [, left, top, right = left, bottom = top] = match;
  const found = [];
  for (let row = +top; row <= Math.min(+bottom, +top + 500); row++) {
    for (let column = columnNumber(left); column <= columnNumber(right); column++) {
      const cell = document.getElementById("c" + columnName(column) + row);
      if (cell) found.push(cell);
    }
  }
  return found;
}

function show() {
  const sheet = document.querySelector(".sheet");
  const gid = wanted().get("gid");
  if (gid !== null && sheet && gid !== sheet.dataset.gid && !location.search.includes("gid=" + gid)) {
    location.replace("?gid=" + encodeURIComponent(gid) + location.hash);
    return;
  }
  document.querySelectorAll("td.found").forEach((cell) => cell.classList.remove("found"));
  const found = cells(wanted().get("range") || "");
  found.forEach((cell) => cell.classList.add("found"));
  if (found.length) {
    found[0].scrollIntoView({ block: "center", inline: "center" });
    found[0].focus({ preventScroll: true });
  }
}

// Arrows walk along the tabs in the direction in which they are drawn.
document.querySelector(".tabs").addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step || !event.target.matches("a")) return;
  const sibling = (document.dir === "rtl") === (step < 0) ? "nextElementSibling" : "previousElementSibling";
  event.target[sibling]?.focus();
  event.preventDefault();
});

window.addEventListener("hashchange", show);
show();
