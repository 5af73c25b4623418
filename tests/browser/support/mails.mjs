// Just enough of a mail reader to hold what went out to its promises.

/** A mail as its headers and its parts; the body of a part is decoded. */
export function readMail(raw) {
  const gap = raw.search(/\r?\n\r?\n/);
  const headers = readHeaders(raw.slice(0, gap));
  const body = raw.slice(gap).replace(/^\r?\n\r?\n/, '');
  const type = headers['content-type'] ?? 'text/plain';
  const border = /boundary="?([^";\r\n]+)"?/i.exec(type)?.[1];
  if (!border) return { headers, type, content: decodeBody(body, headers), parts: [] };
  const pieces = body.split(`--${border}`).slice(1, -1);
  return { headers, type, content: null, parts: pieces.map((piece) => readMail(piece.replace(/^\r?\n/, ''))) };
}

/** Every part that holds something, in their order. */
export function leavesOf(mail) {
  return mail.parts.length === 0 ? [mail] : mail.parts.flatMap(leavesOf);
}

function readHeaders(text) {
  const headers = {};
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

function decodeBody(body, headers) {
  const encoding = (headers['content-transfer-encoding'] ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1');
}
