// Runs templates/change.gs under node with stand-ins for Google's services: change_shims.js SCRIPT SECRET.
// A second change comes while the first hint's pause lasts. stdout: the requests.
const crypto = require('node:crypto');
const fs = require('node:fs');
const vm = require('node:vm');

const [script, secret] = process.argv.slice(2);
const properties = new Map([['ENDPOINT', 'https://forms.example.org/hints/change'], ['SECRET', secret]]);
const requests = [];
let locked = false;
let changes = 1;

const signed = (buffer) => Array.from(new Int8Array(buffer));
const buffer = (bytes) => Buffer.from(Int8Array.from(bytes).buffer);

const context = vm.createContext({
  console: { warn: () => {} },
  PropertiesService: {
    getScriptProperties: () => ({
      getProperty: (name) => (properties.has(name) ? properties.get(name) : null),
      setProperty: (name, value) => properties.set(name, value),
      deleteProperty: (name) => properties.delete(name)
    })
  },
  LockService: {
    getScriptLock: () => ({
      tryLock: () => !locked && (locked = true),
      releaseLock: () => {
        locked = false;
      }
    })
  },
  SpreadsheetApp: { getActive: () => ({ getId: () => 'the-sheet' }) },
  UrlFetchApp: {
    fetch: (url, options) => requests.push({ headers: options.headers, body: buffer(options.payload).toString('utf8') })
  },
  Utilities: {
    getUuid: () => crypto.randomUUID(),
    sleep: () => changes-- > 0 && context.onChanged(),
    base64Decode: (text) => signed(Buffer.from(text, 'base64')),
    base64Encode: (bytes) => buffer(bytes).toString('base64'),
    computeHmacSha256Signature: (content, key) =>
      signed(crypto.createHmac('sha256', buffer(key)).update(buffer(content)).digest()),
    newBlob: () => ({ setDataFromString: (text) => ({ getBytes: () => signed(Buffer.from(text, 'utf8')) }) })
  }
});
vm.runInContext(fs.readFileSync(script, 'utf8'), context);
vm.runInContext('onChanged()', context);
process.stdout.write(JSON.stringify(requests));
