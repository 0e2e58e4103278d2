/**
 * אומר לשירות Sheets Sync, תוך שניות, שמשהו השתנה בגיליון הזה. רשות: בלעדיו השירות שומע על שינויים מ-Drive, לפעמים
 * אחרי כשלוש דקות. הסקריפט אינו שולח דבר ממה שכתוב בגיליון, רק את המזהה של הקובץ.
 *
 * התקנה (כחמש דקות, פעם אחת לכל קובץ):
 *  1. בגיליון, בתפריט "תוספים" לבחור "Apps Script".
 *  2. למחוק את מה שכתוב בקובץ Code.gs, להדביק במקומו את הקובץ הזה ולשמור.
 *  3. ברשימת הפונקציות לבחור createSecret וללחוץ "הפעלה". Google יבקש הרשאה: לאשר.
 *  4. בגלגל השיניים (הגדרות הפרויקט), תחת "מאפייני סקריפט":
 *       ENDPOINT   להוסיף: כתובת השירות, למשל https://forms.example.org/hints/change
 *       SECRET     כבר נוצר בשלב 3: להעתיק את ערכו לשירות, למשתנה SHEETS_SYNC_HINT
 *     כמה קבצים: לכל אחד סוד משלו, וכולם במשתנה אחד, מופרדים ברווח.
 *  5. לבחור את הפונקציה install ולהפעיל.
 *
 * The request is a Standard Webhook: v1 = base64(HMAC-SHA256(secret, id + "." + seconds + "." + body)), all in UTF-8.
 */

var SECONDS_BETWEEN = 5; // Edits that follow each other make one hint, and one after the last of them.

/** Makes the trigger; running it again makes it anew. */
function install() {
  settings();
  ScriptApp.getProjectTriggers().forEach(function (trigger) {
    ScriptApp.deleteTrigger(trigger);
  });
  ScriptApp.newTrigger('onChanged').forSpreadsheet(SpreadsheetApp.getActive()).onChange().create();
}

/** Makes a signing secret, to be copied to the service; does not replace one that is there. */
function createSecret() {
  if (store().getProperty('SECRET')) {
    throw new Error('כבר יש סוד במאפייני הסקריפט. כדי להחליף אותו יש למחוק אותו קודם.');
  }
  var random = Utilities.getUuid() + Utilities.getUuid() + Utilities.getUuid();
  var digest = Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, random);
  store().setProperty('SECRET', 'whsec_' + Utilities.base64Encode(digest));
}

/** On every change (trigger). One that waits for the lock speaks for those that come meanwhile. */
function onChanged() {
  var lock = LockService.getScriptLock();
  if (!lock.tryLock(10)) {
    store().setProperty('again', '1');
    return;
  }
  try {
    do {
      store().deleteProperty('again');
      hint(SpreadsheetApp.getActive().getId(), settings());
      Utilities.sleep(SECONDS_BETWEEN * 1000);
    } while (store().getProperty('again') !== null);
  } finally {
    lock.releaseLock();
  }
}

/** One hint; one that is lost does no harm, Drive tells of the change a little later. */
function hint(spreadsheet, found) {
  var id = Utilities.getUuid();
  var seconds = String(Math.floor(Date.now() / 1000));
  var body = JSON.stringify({ spreadsheet: spreadsheet });
  try {
    UrlFetchApp.fetch(found.endpoint, {
      method: 'post',
      contentType: 'application/json',
      payload: utf8(body),
      headers: {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': signature(id, seconds, body, found.secret)
      },
      followRedirects: false,
      muteHttpExceptions: true
    });
  } catch (unreachable) {
    console.warn('השירות אינו זמין; הוא ישמע על השינוי מ-Drive.');
  }
}

function store() {
  return PropertiesService.getScriptProperties();
}

function settings() {
  var found = { endpoint: store().getProperty('ENDPOINT'), secret: store().getProperty('SECRET') };
  if (!found.endpoint || !found.secret) {
    throw new Error('חסרים ENDPOINT או SECRET במאפייני הסקריפט (הגדרות הפרויקט).');
  }
  return found;
}

function signature(id, seconds, body, secret) {
  var key = Utilities.base64Decode(secret.replace(/^whsec_/, ''));
  var content = utf8(id + '.' + seconds + '.' + body);
  return 'v1,' + Utilities.base64Encode(Utilities.computeHmacSha256Signature(content, key));
}

function utf8(text) {
  return Utilities.newBlob('').setDataFromString(text, 'UTF-8').getBytes();
}
