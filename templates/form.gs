/**
 * מעביר כל תשובה של הטופס הזה לשירות Sheets Sync, פעם אחת, גם כשהשירות או הרשת אינם זמינים לזמן מה.
 *
 * התקנה (כעשר דקות, פעם אחת לכל טופס; הסבר מלא: docs/form-he.md):
 *  1. לפתוח את הטופס לעריכה, ובתפריט ⋮ לבחור "Apps Script" (עורך הסקריפטים).
 *  2. למחוק את מה שכתוב בקובץ Code.gs, להדביק במקומו את הקובץ הזה ולשמור.
 *  3. ברשימת הפונקציות לבחור createSecret וללחוץ "הפעלה". Google יבקש הרשאה: לאשר.
 *  4. בגלגל השיניים (הגדרות הפרויקט), תחת "מאפייני סקריפט":
 *       ENDPOINT   להוסיף: כתובת השירות, למשל https://forms.example.org/forms/registrations
 *       SECRET     כבר נוצר בשלב 3: להעתיק את ערכו לשירות, למשתנה SHEETS_SYNC_FORM_REGISTRATIONS
 *  5. לבחור את הפונקציה install ולהפעיל. מעכשיו כל תשובה נשלחת מיד, ומה שלא התקבל נשלח שוב כל חמש דקות.
 *  6. למלא את הטופס פעם אחת לניסיון, ולראות שהשורה הופיעה בגיליון.
 *
 * תשובות שנאספו לפני ההתקנה: הפונקציה sendAll שולחת את כולן. תשובה שכבר התקבלה אינה נקלטת פעמיים.
 * מה שממתין נשמר במאפייני הסקריפט כמזהה בלבד; התשובות עצמן נשארות בטופס. הסוד אינו נכתב בקוד.
 *
 * The request is a Standard Webhook: v1 = base64(HMAC-SHA256(secret, id + "." + seconds + "." + body)), all in UTF-8.
 */

var OVERLAP_MINUTES = 15; // A sweep looks again at what came so lately: a trigger that failed is made good.
var MINUTES_TO_WORK = 4; // Google ends a run after six.
var DAYS_TO_WAIT = 1; // After that the sweep fails on purpose, so that Google writes to the form's owner.

/** Makes the triggers; running it again makes them anew. */
function install() {
  settings();
  ScriptApp.getProjectTriggers().forEach(function (trigger) {
    ScriptApp.deleteTrigger(trigger);
  });
  ScriptApp.newTrigger('onSubmitted').forForm(FormApp.getActiveForm()).onFormSubmit().create();
  ScriptApp.newTrigger('sweep').timeBased().everyMinutes(5).create();
  store().setProperty('swept', String(Date.now()));
}

/** Makes a signing secret, to be copied to the service; does not replace one that is there. */
function createSecret() {
  if (store().getProperty('SECRET')) {
    throw new Error('כבר יש סוד במאפייני הסקריפט. כדי להחליף אותו יש למחוק אותו קודם.');
  }
  var random = Utilities.getUuid() + Utilities.getUuid() + Utilities.getUuid();
  var bytes = Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, random);
  store().setProperty('SECRET', 'whsec_' + Utilities.base64Encode(bytes));
}

/** An answer came (trigger): it waits from now on, and is sent at once. */
function onSubmitted(event) {
  wait(event.response);
  send(event.response, settings());
}

/** Every five minutes (trigger): sends what was not accepted yet, and what no trigger told of. */
function sweep() {
  var lock = LockService.getScriptLock();
  if (!lock.tryLock(1000)) {
    return;
  }
  try {
    var started = Date.now();
    var since = Number(store().getProperty('swept') || started) - OVERLAP_MINUTES * 60000;
    FormApp.getActiveForm().getResponses(new Date(since)).forEach(wait);
    store().setProperty('swept', String(started));
    sendWaiting(started + MINUTES_TO_WORK * 60000);
  } finally {
    lock.releaseLock();
  }
  complainOfLongWait();
}

/** Sends every answer that the form holds; what does not fit into one run follows with the sweeps. */
function sendAll() {
  FormApp.getActiveForm().getResponses().forEach(wait);
  sendWaiting(Date.now() + MINUTES_TO_WORK * 60000);
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

/** Notes that an answer is to be sent, unless just this edit of it is waiting, was accepted or was refused. */
function wait(response) {
  var id = messageId(response);
  var known = ['waiting:', 'accepted:', 'refused:'].some(function (state) {
    return store().getProperty(state + id) !== null;
  });
  if (!known) {
    store().setProperty('waiting:' + id, JSON.stringify({ response: response.getId(), since: Date.now() }));
  }
}

function sendWaiting(until) {
  var found = settings();
  var all = store().getProperties();
  forgetAccepted(all);
  Object.keys(all).forEach(function (key) {
    if (key.indexOf('waiting:') !== 0 || Date.now() > until) {
      return;
    }
    var response = responseOf(JSON.parse(all[key]).response);
    if (!response || 'waiting:' + messageId(response) !== key) {
      store().deleteProperty(key); // It was deleted, or edited since: then the edit waits under its own id.
    }
    if (response) {
      wait(response);
      send(response, found);
    }
  });
}

/** The form's answer of an id, null when it was deleted. */
function responseOf(id) {
  try {
    return FormApp.getActiveForm().getResponse(id);
  } catch (gone) {
    return null;
  }
}

/** Sends an answer; it goes on waiting unless the service has it (2xx, 409) or will never take it (400, 413). */
function send(response, found) {
  var id = messageId(response);
  if (store().getProperty('waiting:' + id) === null) {
    return;
  }
  var status = post(id, bodyOf(response), found);
  if ((status >= 200 && status < 300) || status === 409) {
    store().setProperty('accepted:' + id, String(Date.now()));
    store().deleteProperty('waiting:' + id);
  } else if (status === 400 || status === 413) {
    store().setProperty('refused:' + id, String(status));
    store().deleteProperty('waiting:' + id);
  }
}

/** The status of the service's answer, 0 when there was none. */
function post(id, body, found) {
  var seconds = String(Math.floor(Date.now() / 1000));
  try {
    var answer = UrlFetchApp.fetch(found.endpoint, {
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
    return answer.getResponseCode();
  } catch (unreachable) {
    console.warn('השירות אינו זמין; התשובה תישלח שוב.');
    return 0;
  }
}

function signature(id, seconds, body, secret) {
  var key = Utilities.base64Decode(secret.replace(/^whsec_/, ''));
  var content = utf8(id + '.' + seconds + '.' + body);
  return 'v1,' + Utilities.base64Encode(Utilities.computeHmacSha256Signature(content, key));
}

function utf8(text) {
  return Utilities.newBlob('').setDataFromString(text, 'UTF-8').getBytes();
}

/** The same for every try; another one when the resident edited the answer. */
function messageId(response) {
  return response.getId().replace(/[^A-Za-z0-9_-]/g, '-') + '-' + response.getTimestamp().getTime();
}

function bodyOf(response) {
  var submission = {
    id: response.getId(),
    submitted: response.getTimestamp().toISOString(),
    answers: answersOf(response)
  };
  return JSON.stringify({ submission: submission });
}

/** Answers by question: a text, or a list of texts; a grid's rows are questions of their own, as in Google Sheets. */
function answersOf(response) {
  var answers = {};
  if (response.getRespondentEmail()) {
    answers['כתובת אימייל'] = response.getRespondentEmail();
  }
  response.getItemResponses().forEach(function (one) {
    var title = one.getItem().getTitle();
    var rows = rowsOf(one.getItem());
    var given = one.getResponse();
    if (!rows) {
      add(answers, title, given);
      return;
    }
    rows.forEach(function (row, number) {
      add(answers, title + ' [' + row + ']', given[number]);
    });
  });
  return answers;
}

/** The rows' titles of a grid, null for any other question. */
function rowsOf(item) {
  switch (item.getType()) {
    case FormApp.ItemType.GRID:
      return item.asGridItem().getRows();
    case FormApp.ItemType.CHECKBOX_GRID:
      return item.asCheckboxGridItem().getRows();
    default:
      return null;
  }
}

/** Puts an answer under its question; what was not answered is left out, a question's second answer gets a number. */
function add(answers, question, given) {
  if (given === null || given === undefined || given.length === 0) {
    return;
  }
  var name = clean(question);
  for (var number = 2; name in answers; number++) {
    name = clean(question) + ' (' + number + ')';
  }
  answers[name] = Array.isArray(given) ? given.map(clean) : clean(given);
}

/** Text without NUL and without half characters, which JSON cannot carry. */
function clean(text) {
  var half = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
  return String(text).replace(/\0/g, '').replace(half, '\uFFFD');
}

/** Forgets what was accepted so long ago that no sweep looks at it again. */
function forgetAccepted(all) {
  var old = Date.now() - 4 * OVERLAP_MINUTES * 60000;
  Object.keys(all).forEach(function (key) {
    if (key.indexOf('accepted:') === 0 && Number(all[key]) < old) {
      store().deleteProperty(key);
    }
  });
}

/** Fails when an answer waits for more than a day: Google then writes to the owner of the form. */
function complainOfLongWait() {
  var all = store().getProperties();
  var late = Object.keys(all).filter(function (key) {
    return key.indexOf('waiting:') === 0 && Date.now() - JSON.parse(all[key]).since > DAYS_TO_WAIT * 86400000;
  });
  if (late.length) {
    throw new Error('תשובות שממתינות יותר מיממה: ' + late.length + '. כדאי לבדוק שהשירות פועל ושהסוד זהה בשני הצדדים.');
  }
}
