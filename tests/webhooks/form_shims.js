// Runs templates/form.gs under node with stand-ins for Google's services.
// stdin: {script, now, properties, responses, statuses, steps}; stdout: {requests, properties, errors, triggers}.
const crypto = require('node:crypto');
const fs = require('node:fs');
const vm = require('node:vm');

const order = JSON.parse(fs.readFileSync(0, 'utf8'));
const properties = new Map(Object.entries(order.properties));
const requests = [];
const errors = [];
const triggers = [];
let now = order.now;

// Apps Script's bytes are signed, from -128 to 127.
const signed = (buffer) => Array.from(new Int8Array(buffer));
const buffer = (bytes) => Buffer.from(Int8Array.from(bytes).buffer);

class FixedDate extends Date {
  constructor(...args) {
    super(...(args.length ? args : [now]));
  }
  static now() {
    return now;
  }
}

const item = ({ title, rows, kind }) => ({
  getTitle: () => title,
  getType: () => kind || 'TEXT',
  asGridItem: () => ({ getRows: () => rows }),
  asCheckboxGridItem: () => ({ getRows: () => rows })
});

const responseOf = (one) => ({
  getId: () => one.id,
  getTimestamp: () => new Date(one.at),
  getRespondentEmail: () => one.email || '',
  getItemResponses: () => one.answers.map((answer) => ({ getItem: () => item(answer), getResponse: () => answer.given }))
});

const form = {
  getResponses: (since) => order.responses.filter((one) => !since || one.at >= since.getTime()).map(responseOf),
  getResponse: (id) => {
    const found = order.responses.find((one) => one.id === id);
    if (!found) throw new Error('No item with the given ID could be found');
    return responseOf(found);
  }
};

const built = (trigger) => ({ create: () => triggers.push(trigger) });

const context = vm.createContext({
  console: { warn: () => {} },
  Date: FixedDate,
  PropertiesService: {
    getScriptProperties: () => ({
      getProperty: (name) => (properties.has(name) ? properties.get(name) : null),
      setProperty: (name, value) => {
        if (typeof value !== 'string' || value.length > 9000) throw new Error('a property is a text of up to 9 kB');
        properties.set(name, value);
      },
      deleteProperty: (name) => properties.delete(name),
      getProperties: () => Object.fromEntries(properties)
    })
  },
  LockService: { getScriptLock: () => ({ tryLock: () => true, releaseLock: () => {} }) },
  FormApp: { getActiveForm: () => form, ItemType: { GRID: 'GRID', CHECKBOX_GRID: 'CHECKBOX_GRID' } },
  ScriptApp: {
    getProjectTriggers: () => [...triggers],
    deleteTrigger: (trigger) => triggers.splice(triggers.indexOf(trigger), 1),
    newTrigger: (name) => ({
      forForm: () => ({ onFormSubmit: () => built(`${name} on submit`) }),
      timeBased: () => ({ everyMinutes: (minutes) => built(`${name} every ${minutes}`) })
    })
  },
  Utilities: {
    DigestAlgorithm: { SHA_256: 'sha256' },
    getUuid: () => crypto.randomUUID(),
    computeDigest: (algorithm, text) => signed(crypto.createHash(algorithm).update(text, 'ascii').digest()),
    base64Encode: (bytes) => buffer(bytes).toString('base64'),
    base64Decode: (text) => signed(Buffer.from(text, 'base64')),
    computeHmacSha256Signature: (content, key) => {
      if (!Array.isArray(content) || !Array.isArray(key)) throw new Error('bytes were expected, for both');
      return signed(crypto.createHmac('sha256', buffer(key)).update(buffer(content)).digest());
    },
    newBlob: () => ({
      setDataFromString: (text, charset) => {
        if (charset !== 'UTF-8') throw new Error('UTF-8 was expected');
        return { getBytes: () => signed(Buffer.from(text, 'utf8')) };
      }
    })
  },
  UrlFetchApp: {
    fetch: (url, options) => {
      if (!options.muteHttpExceptions || options.followRedirects !== false) throw new Error('careless options');
      const { method, contentType, headers, payload } = options;
      requests.push({ url, method, contentType, headers, body: buffer(payload).toString('base64') });
      const status = order.statuses.shift();
      if (!status) throw new Error('Address unavailable');
      return { getResponseCode: () => status };
    }
  }
});

vm.runInContext(fs.readFileSync(order.script, 'utf8'), context);
for (const step of order.steps) {
  try {
    if (step.minutes) now += step.minutes * 60000;
    if (step.submit !== undefined) context.onSubmitted({ response: responseOf(order.responses[step.submit]) });
    if (step.edit !== undefined) order.responses[step.edit].at = now;
    if (step.remove !== undefined) order.responses.splice(step.remove, 1);
    if (step.run) context[step.run]();
  } catch (error) {
    errors.push(error.message);
  }
}
console.log(JSON.stringify({ requests, properties: Object.fromEntries(properties), errors, triggers }));
