// What became of the mails of a company, mail by mail, as its own API tells.
import { createHash } from 'node:crypto';
import { companyOf } from './browser.mjs';
import { contentsOf } from './mails.mjs';

/** A mail by its bytes, however its lines end and whether a mailbox file's "From " line precedes it. */
export function keyOf(raw) {
  const text = Buffer.from(raw).toString('latin1').replace(/^>?From .*\r?\n/, '').replace(/\r\n/g, '\n').trimEnd();
  return createHash('sha256').update(text, 'latin1').digest('hex').slice(0, 16);
}

/**
 * Every mail that was taken in or parked: by its key, a list, for a mail may come twice. A message names the mail that
 * opened its ticket, so that two companies can be compared.
 */
export async function takenMails(page) {
  const company = `/native/desk/${companyOf(page)}`;
  const get = async (path) => {
    const answer = await page.request.get(company + path);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer;
  };
  const pages = async (path, list) => {
    const all = [];
    for (let cursor = ''; cursor !== null;) {
      const answer = await (await get(`${path}?limit=100${cursor && `&cursor=${cursor}`}`)).json();
      all.push(...answer[list]);
      cursor = answer.next_cursor || null;
    }
    return all;
  };
  const taken = new Map();
  const note = (key, what) => taken.set(key, [...(taken.get(key) ?? []), what]);
  const tickets = await pages('/tickets', 'records');
  for (const ticket of tickets) {
    const { items } = await (await get(`/tickets/${ticket.id}/timeline?limit=200`)).json();
    let first = null;
    ticket.messages = [];
    for (const item of items.filter(({ type }) => type === 'thread')) {
      const raw = await (await get(`/tickets/${ticket.id}/threads/${item.id}/raw`)).body();
      first ??= keyOf(raw);
      ticket.messages.push({ is_blank: contentsOf(raw.toString('latin1')).every((content) => content.trim() === '') });
      note(keyOf(raw), {
        outcome: keyOf(raw) === first ? 'ticket' : 'thread', ticket: first, title: ticket.title, subject: item.subject, from: item.from,
        to: item.to, cc: item.cc, text: item.text_preview, html: withoutIds(item.html), quoted: withoutIds(item.quoted_html),
        sent_at: timeOf(item.sent_at), is_auto_reply: item.is_auto_reply, is_private: item.is_private,
        files: item.attachments.map(({ name, content_type, is_inline }) => `${name} ${content_type} ${is_inline}`),
      });
    }
  }
  const parked = await pages('/parked_mails', 'mails');
  for (const mail of parked) {
    const raw = await (await get(`/parked_mails/${mail.id}/raw`)).body();
    note(keyOf(raw), { outcome: 'parked', reason: mail.reason, from: mail.from, subject: mail.subject });
  }
  return { taken, tickets, parked, size: [...taken.values()].flat().length };
}

/** A mail without a credible time is of the moment when it was taken in. */
function timeOf(sent_at) {
  const day_ms = 86_400_000;
  return Date.now() - Date.parse(sent_at) < day_ms ? 'now' : sent_at;
}

/** Pictures of a text are shown from addresses with ids of their company. */
function withoutIds(html) {
  return (html ?? '').replace(/\/native\/desk\/\d+\/attachments\/\d+/g, 'attachment').replace(/\s+/g, ' ');
}
