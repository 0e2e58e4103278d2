// Sends the requests for Google's hosts to the address in EMBEDDED_GOOGLE; loaded before any client (node --import).
import http from 'node:http';
import https from 'node:https';

const local = new URL(process.env.EMBEDDED_GOOGLE);
const GOOGLE = new Set(['sheets.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com']);

function moved(address) {
  const url = new URL(address);
  if (url.host === local.host) return url;
  if (!GOOGLE.has(url.hostname)) throw new Error(`No test may call ${url.hostname}`);
  url.protocol = local.protocol;
  url.host = local.host;
  return url;
}

const { fetch } = globalThis;
globalThis.fetch = (asked, options) =>
  fetch(asked instanceof Request ? new Request(moved(asked.url), asked) : moved(asked), options);

// google-auth-library asks for its token through node's https, not through fetch.
https.request = (address, options, ...rest) => http.request(moved(address), options, ...rest);
