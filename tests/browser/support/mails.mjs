// Just enough of a mail reader to hold what went out to its promises.

/** A mail as its headers and its parts; the body of a part is decoded. */
export function readMail(raw) {
  const gap = raw.search(/\r?\n\r?\n/);
  const headers = readHeaders(raw.slice(0, gap));
  const body = raw.slice(gap).replace(/^\r?\n\r?\n/, '');
  const type = headers['content-type'] ?? 'text/plain';
  const border = /boundary="?([^";\r\n]+)"?/i.exec(type)?.[1];
  // The closing border is followed by "--"; some mails end without it, and some have no border at all.
  const pieces = border ? body.split(`--${border}`).slice(1).filter((piece) => !piece.startsWith('--')) : [];
  if (pieces.length === 0) return { headers, type, content: decodeBody(body, headers), parts: [] };
  return { headers, type, content: null, parts: pieces.map((piece) => readMail(piece.replace(/^\r?\n/, ''))) };
}

/** Every part that holds something, in their order. */
export function leavesOf(mail) {
  return mail.parts.length === 0 ? [mail] : mail.parts.flatMap(leavesOf);
}

/** The decoded bytes of every part of a mail and of the mails in it, as latin1 with "\n" at the ends of lines. */
export function contentsOf(raw) {
  const text = raw.replace(/^>?From .*\r?\n/, '').replaceAll('\r\n', '\n');
  const contents = [];
  const walk = (mail) => {
    mail.parts.forEach(walk);
    if (mail.content === null) return;
    const content = mail.content.toString('latin1').replaceAll('\r\n', '\n');
    contents.push(content, content.replace(/\n$/, ''));
    if (!/^message\//i.test(mail.type)) return;
    // A mailbox file's line is no part of the mail that was attached with it.
    const inner = content.replace(/^From .*\n/, '');
    contents.push(inner, inner.replace(/\n$/, ''));
    walk(readMail(inner));
  };
  walk(readMail(text));
  return contents;
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
