// What people do with google-spreadsheet, a function a subject; each answers what the client says of it.
// Run as: node --import ./preload.mjs steps.mjs SUBJECT SPREADSHEET [MORE]; the answer is JSON on stdout.
import { readFileSync } from 'node:fs';
import { GoogleSpreadsheet } from 'google-spreadsheet';
import { JWT } from 'google-auth-library';

const [subject, spreadsheetId, more = '{}'] = process.argv.slice(2);
const given = JSON.parse(more);
const key = JSON.parse(readFileSync(process.env.GOOGLE_KEY));
const scopes = ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/drive'];
const jwt = new JWT({ email: key.client_email, key: key.private_key, scopes });

const open = async (id = spreadsheetId, auth = given.auth ?? jwt) => {
  const doc = new GoogleSpreadsheet(id, auth, { retryConfig: { limit: 2, delay: () => 10 } });
  await doc.loadInfo();
  return doc;
};
const first = async () => (await open()).sheetsByIndex[0];
const refusal = (work) => work().then(() => 'not refused', (error) => error.message);
const shown = (rows) => rows.map((row) => [row.rowNumber, row.toObject()]);
const box = (top, bottom, left, right) =>
  ({ startRowIndex: top, endRowIndex: bottom, startColumnIndex: left, endColumnIndex: right });
const read = (sheet, range) => sheet.getCellsInRange(range);

const subjects = {
  async info() {
    const doc = await open();
    const sheet = doc.sheetsByTitle.Sheet1;
    return [doc.title, doc.locale, doc.timeZone, doc.sheetCount, sheet.rowCount, sheet.columnCount, sheet.sheetId];
  },

  async rows() {
    const doc = await open();
    const sheet = await doc.addSheet({ title: "חברי הוועד 'א'", headerValues: ['שם', ' סכום ', 'כפול'] });
    const made = await sheet.addRow({ שם: 'דנה', סכום: 12.5, כפול: '=B2*2' });
    const two = await sheet.addRows([['רון', 7, '=B3*2'], { שם: 'גיל', סכום: '0' }]);
    const raw = await sheet.addRow(['=1+1', '007'], { raw: true });
    const before = shown(await sheet.getRows());
    const rows = await sheet.getRows({ offset: 1, limit: 2 });
    rows[0].set('סכום', 100);
    rows[1].assign({ שם: 'גילי', כפול: 'טקסט' });
    await rows[0].save();
    await rows[1].save({ raw: true });
    const saved = rows[0].toObject();
    await rows[0].delete();
    return {
      headers: sheet.headerValues, made: made.toObject(), two: shown(two), raw: shown([raw]),
      before, saved, after: shown(await sheet.getRows()), moved: rows[1].rowNumber,
      again: await refusal(() => rows[0].save()),
    };
  },

  async insertedRows() {
    const sheet = await first();
    await sheet.setHeaderRow(['a', 'b'], 3);
    await sheet.addRows([[1, 2], [3, 4]]);
    await sheet.addRow([5, 6], { insert: true });
    const rows = shown(await sheet.getRows());
    await sheet.clearRows({ start: 5, end: 5 });
    return { rows, cleared: shown(await sheet.getRows()), rowCount: sheet.rowCount };
  },

  async cells() {
    const sheet = await first();
    await sheet.loadCells('A1:D3');
    const { loaded, nonEmpty } = sheet.cellStats;
    sheet.getCell(0, 0).value = 3;
    sheet.getCellByA1('B1').formula = '=A1*4';
    sheet.getCellByA1('C1').value = true;
    sheet.getCellByA1('D1').stringValue = '=not a formula';
    sheet.getCellByA1('A2').note = 'הערה';
    sheet.getCellByA1('A2').value = 'שלום';
    sheet.getCellByA1('B2').value = '=1/0';
    sheet.getCellByA1('C2').formula = '=HYPERLINK("https://example.com","קישור")';
    const a1 = sheet.getCellByA1('A1');
    a1.numberFormat = { type: 'NUMBER', pattern: '0.00' };
    a1.backgroundColor = { red: 1, green: 0.5 };
    a1.textFormat = { bold: true };
    a1.horizontalAlignment = 'CENTER';
    await sheet.saveUpdatedCells();
    const cell = (name) => {
      const found = sheet.getCellByA1(name);
      return [found.value, found.valueType, found.formattedValue, found.formula];
    };
    const error = sheet.getCellByA1('B2').errorValue;
    return {
      loaded, nonEmpty, a1: cell('A1'), b1: cell('B1'), c1: cell('C1'), d1: cell('D1'), a2: cell('A2'),
      note: sheet.getCellByA1('A2').note, error: [error.type, error.message],
      link: sheet.getCellByA1('C2').hyperlink, format: a1.userEnteredFormat, bold: a1.effectiveFormat.textFormat.bold,
    };
  },

  async cellsAgain() {
    const sheet = await first();
    await sheet.loadCells(box(0, 2, 0, 2));
    const cell = sheet.getCell(0, 0);
    cell.backgroundColorStyle = { rgbColor: { blue: 1 } };
    cell.note = 'n';
    await cell.save();
    const styled = cell.backgroundColor;
    cell.backgroundColor = { green: 1 };
    await cell.save();
    const colored = [cell.backgroundColor, cell.backgroundColorStyle];
    cell.clearAllFormatting();
    cell.note = null;
    cell.value = null;
    await cell.save();
    return { styled, colored, format: cell.userEnteredFormat ?? null, note: cell.note, value: cell.value };
  },

  async sheets() {
    const doc = await open();
    await doc.updateProperties({ title: 'שם חדש', locale: 'he_IL', timeZone: 'Asia/Jerusalem' });
    const sheet = doc.sheetsByIndex[0];
    await sheet.updateProperties({ title: 'לוח', rightToLeft: true, gridProperties: { frozenRowCount: 1 } });
    await sheet.resize({ rowCount: 20, columnCount: 5 });
    await sheet.setHeaderRow(['א', 'ב']);
    await sheet.addRow(['1', 'x']);
    const copy = await sheet.duplicate({ title: 'עותק', index: 0, id: 77 });
    const sent = await copy.copyToSpreadsheet(spreadsheetId);
    await doc.loadInfo();
    await copy.clear('A2:B2');
    const cleared = await read(copy, 'A1:B2');
    await copy.clear();
    const third = await doc.addSheet();
    await third.delete();
    return {
      doc: [doc.title, doc.locale, doc.timeZone],
      sheet: [sheet.title, sheet.rightToLeft, sheet.rowCount, sheet.columnCount, sheet.gridProperties.frozenRowCount],
      copy: [copy.sheetId, copy.title, copy.index], sent: sent.title, cleared, blank: (await read(copy, 'A1:B2')) ?? null,
      titles: doc.sheetsByIndex.map((each) => each.title),
    };
  },

  async dimensions() {
    const sheet = await first();
    await sheet.loadCells('A1:F6');
    await sheet.insertDimension('ROWS', { startIndex: 1, endIndex: 2 });
    await sheet.moveDimension('COLUMNS', { startIndex: 0, endIndex: 1 }, 2);
    await sheet.deleteRows(3, 4);
    await sheet.deleteColumns(3, 4);
    await sheet.appendDimension('ROWS', 5);
    await sheet.insertRange(box(0, 1, 0, 1), 'ROWS');
    await sheet.deleteRange(box(0, 1, 1, 2), 'COLUMNS');
    await sheet.updateDimensionProperties('COLUMNS', { pixelSize: 150 }, { startIndex: 0, endIndex: 1 });
    await sheet.autoResizeDimensions('COLUMNS', { startIndex: 1, endIndex: 2 });
    return { values: await read(sheet, 'A1:F6'), size: [sheet.rowCount, sheet.columnCount] };
  },

  async texts() {
    const sheet = await first();
    await sheet.pasteData({ rowIndex: 0, columnIndex: 0 }, 'b,2\na,1\nb,2\n c ,3', ',');
    await sheet.trimWhitespace(box(0, 4, 0, 2));
    await sheet.deleteDuplicates(box(0, 4, 0, 2));
    await sheet.sortRange(box(0, 3, 0, 2), [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }]);
    await sheet.findReplace('c', 'גמר', { matchCase: true });
    await sheet.copyPaste(box(0, 1, 0, 2), box(5, 6, 0, 2));
    await sheet.cutPaste(box(1, 2, 0, 2), { rowIndex: 6, columnIndex: 0 });
    await sheet.repeatCell(box(0, 2, 2, 3), { userEnteredValue: { formulaValue: '=B1*10' } }, 'userEnteredValue');
    await sheet.appendCells([{ values: [{ userEnteredValue: { stringValue: 'x;y' } }] }], 'userEnteredValue');
    await sheet.textToColumns(box(7, 8, 0, 1), 'SEMICOLON');
    await sheet.randomizeRange(box(0, 1, 0, 2));
    await sheet.mergeCells(box(9, 10, 0, 2));
    await sheet.mergeCells(box(10, 11, 0, 2));
    await sheet.unmergeCells(box(10, 11, 0, 2));
    return read(sheet, 'A1:C9');
  },

  async rules() {
    const doc = await open();
    const sheet = doc.sheetsByIndex[0];
    const { namedRange } = await doc.addNamedRange('סכומים', { sheetId: 0, ...box(0, 3, 0, 1) });
    const other = await sheet.addNamedRange('gone', box(0, 1, 0, 1), 'mine');
    await sheet.updateNamedRange(namedRange.namedRangeId, { name: 'total' }, 'name');
    await sheet.deleteNamedRange(other.namedRange.namedRangeId);
    const { protectedRange } = await sheet.addProtectedRange({ range: { sheetId: 0, ...box(0, 1, 0, 2) }, warningOnly: true });
    await sheet.updateProtectedRange(protectedRange.protectedRangeId, { description: 'כותרות' });
    const { protectedRange: second } = await sheet.addProtectedRange({ range: { sheetId: 0, ...box(5, 6, 0, 2) } });
    await sheet.deleteProtectedRange(second.protectedRangeId);
    await sheet.setDataValidation(box(1, 3, 1, 2), {
      condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'כן' }, { userEnteredValue: 'לא' }] }, strict: true,
    });
    await sheet.setDataValidation(box(2, 3, 1, 2), false);
    const rule = (type) => ({
      ranges: [{ sheetId: 0, ...box(1, 5, 0, 1) }],
      booleanRule: { condition: { type }, format: { textFormat: { bold: true } } },
    });
    await sheet.addConditionalFormatRule(rule('BLANK'), 0);
    await sheet.addConditionalFormatRule(rule('NOT_BLANK'), 1);
    await sheet.updateConditionalFormatRule({ index: 0, newIndex: 1, sheetId: 0 });
    await sheet.deleteConditionalFormatRule(1);
    await sheet.setBasicFilter({ range: box(0, 5, 0, 2) });
    const { filter } = await sheet.addFilterView({ title: 'שלי', range: { sheetId: 0, ...box(0, 5, 0, 2) } });
    await sheet.updateFilterView({ ...filter, title: 'שלנו' }, 'title');
    await sheet.duplicateFilterView(filter.filterViewId);
    await sheet.deleteFilterView(filter.filterViewId);
    const { bandedRange } = await sheet.addBanding({
      range: { sheetId: 0, ...box(0, 5, 0, 2) }, rowProperties: { firstBandColor: { red: 1 }, secondBandColor: { blue: 1 } },
    });
    await sheet.updateBanding({ ...bandedRange, range: { sheetId: 0, ...box(0, 6, 0, 2) } }, 'range');
    await sheet.updateBorders(box(0, 1, 0, 1), { top: { style: 'SOLID' } });
    await doc.loadInfo();
    return { protected: sheet.protectedRanges, filterView: filter.title };
  },

  async metadata() {
    const doc = await open();
    const sheet = doc.sheetsByIndex[0];
    const location = { dimensionRange: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 } };
    const made = (metadataKey, metadataValue) =>
      sheet.createDeveloperMetadata({ metadataKey, metadataValue, location, visibility: 'DOCUMENT' });
    await made('row', '1');
    await made('other', '2');
    const lookup = { developerMetadataLookup: { metadataKey: 'row' } };
    await sheet.updateDeveloperMetadata([lookup], { metadataValue: 'changed' }, 'metadataValue');
    await sheet.deleteDeveloperMetadata({ developerMetadataLookup: { metadataKey: 'other' } });
    await sheet.loadCells(lookup);
    const found = await doc.searchDeveloperMetadata([lookup]);
    return { found: found.map((each) => each.metadataValue), cell: sheet.getCellByA1('A2').value };
  },

  async permissions() {
    const doc = await open();
    const shared = await doc.share('friend@example.com', { role: 'reader', emailMessage: false });
    await doc.share('editor@example.com', { emailMessage: 'שלום' });
    await doc.setPublicAccessLevel('reader');
    const open_ = (await doc.listPermissions()).map((each) => [each.type, each.role, each.emailAddress ?? null]);
    await doc.setPublicAccessLevel(false);
    await doc.deletePermission(shared.id);
    return { open: open_, left: (await doc.listPermissions()).map((each) => each.emailAddress) };
  },

  async exports() {
    const doc = await open();
    const sheet = doc.sheetsByTitle['שני'];
    const text = async (data) => Buffer.from(await data).toString();
    return {
      csv: await text(sheet.downloadAsCSV()), tsv: await text(sheet.downloadAsTSV()),
      xlsx: Buffer.from(await doc.downloadAsXLSX()).toString('base64'), pdf: await refusal(() => sheet.downloadAsPDF()),
    };
  },

  async person() {
    const doc = await GoogleSpreadsheet.createNewSpreadsheetDocument(given.auth, { title: 'של אדם' });
    await doc.updateProperties({ title: 'אחר' });
    const kept = await GoogleSpreadsheet.createNewSpreadsheetDocument(given.auth, { title: 'נשאר' });
    await doc.delete();
    return { kept: kept.spreadsheetId, title: kept.title, gone: doc.spreadsheetId };
  },

  async key() {
    const doc = await open();
    const sheet = doc.sheetsByIndex[0];
    await sheet.loadCells('A1:B1');
    return { value: sheet.getCellByA1('A1').value, write: await refusal(() => sheet.setHeaderRow(['x'])) };
  },

  async errors() {
    const doc = await open();
    const sheet = doc.sheetsByIndex[0];
    await sheet.loadCells('A1');
    const gone = await doc.addSheet({ title: 'gone' });
    await doc.sheetsApi.post(':batchUpdate', { json: { requests: [{ deleteSheet: { sheetId: gone.sheetId } }] } });
    sheet.getCell(0, 0).value = 'must not be kept';
    return {
      unshared: await refusal(() => open(given.unshared)), unknown: await refusal(() => open('1'.repeat(44))),
      range: await refusal(() => read(gone, 'A1:B2')), duplicate: await refusal(() => doc.addSheet({ title: 'Sheet1' })),
      beyond: await refusal(() => read(sheet, 'A9999')), id: await refusal(() => doc.deleteSheet(12345)),
      headers: await refusal(() => sheet.getRows()), fill: await refusal(() => sheet.autoFill(box(0, 3, 0, 1))),
      create: await refusal(() => GoogleSpreadsheet.createNewSpreadsheetDocument(jwt, { title: 'x' })),
      key: await refusal(() => open(spreadsheetId, new JWT({ email: key.client_email, key: given.key, scopes }))),
    };
  },
};

console.log(JSON.stringify(await subjects[subject]()));
