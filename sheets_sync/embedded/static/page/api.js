// The calls to the server: the page's own view of a sheet, and the Sheets API for every edit.
const grid = document.getElementById("grid");
const token = document.querySelector('meta[name="page-token"]').content;
const id = grid.dataset.id;
const FIELDS = "userEnteredValue,userEnteredFormat,note,dataValidation,textFormatRuns";

export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// No answer came: whether the call was carried out is not known.
export class Lost extends Error {}

async function call(path, method = "GET", body = undefined) {
  const headers = { "X-Page-Token": token };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const asked = { method, headers, body: body && JSON.stringify(body), cache: "no-store" };
  const answer = await fetch(path, asked).catch((error) => Promise.reject(new Lost(error.message)));
  const found = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, found.error?.message ?? answer.statusText);
  return found;
}

export const version = async () => (await call(`/spreadsheets/d/${id}/version`)).version;
export const view = (gid) => call(`/spreadsheets/d/${id}/view?gid=${encodeURIComponent(gid ?? "")}`);
export const batch = (...requests) => call(`/v4/spreadsheets/${id}:batchUpdate`, "POST", { requests });
export const enter = (range, values) =>
  call(`/v4/spreadsheets/${id}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`, "PUT", { values });
export const clear = (range) => call(`/v4/spreadsheets/${id}/values/${encodeURIComponent(range)}:clear`, "POST", {});

// The cells of a range with all that an undo gives back, every row and cell of it present.
export async function cells(range, height, width) {
  const fields = `sheets.data.rowData.values(${FIELDS})`;
  const found = await call(`/v4/spreadsheets/${id}?ranges=${encodeURIComponent(range)}&fields=${fields}`);
  const rows = found.sheets?.[0]?.data?.[0]?.rowData ?? [];
  return Array.from({ length: height }, (_, row) => ({
    values: Array.from({ length: width }, (_, column) => rows[row]?.values?.[column] ?? {}),
  }));
}

export const write = (start, rows) => ({ updateCells: { start, rows, fields: FIELDS } });

// Every formula of the spreadsheet, by sheet and place.
export async function formulas() {
  const fields = "sheets(properties.sheetId,data.rowData.values.userEnteredValue.formulaValue)";
  const found = await call(`/v4/spreadsheets/${id}?fields=${fields}`);
  const known = new Map();
  for (const sheet of found.sheets) {
    (sheet.data?.[0]?.rowData ?? []).forEach((row, index) =>
      (row.values ?? []).forEach((cell, column) => {
        const text = cell.userEnteredValue?.formulaValue;
        if (text) known.set(`${sheet.properties.sheetId ?? 0},${index},${column}`, text);
      }),
    );
  }
  return known;
}
