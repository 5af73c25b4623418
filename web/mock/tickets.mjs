// Timelines, replies, comments, drafts and presence of tickets.
import { agents, me, newId, store } from './data.mjs';

const timelines = new Map();
const drafts = new Map();
const author_me = () => ({ kind: 'agent', id: me.agent_id, name: me.name, email: me.email });
const before = (ticket, minutes) => new Date(new Date(ticket.created_at).getTime() + minutes * 60_000).toISOString();
const support = { name: 'Tandem Support', address: 'support@example.com' };

const thread = (ticket, more) => ({
  id: newId(), type: 'thread', direction: 'in', channel: ticket.channel, at: ticket.created_at,
  author: { kind: 'contact', id: ticket.contact?.id ?? null, name: ticket.contact?.title ?? '', email: ticket.contact?.email },
  from: { name: ticket.contact?.title ?? '', address: ticket.contact?.email ?? '' }, to: [support], cc: [], bcc: [], subject: ticket.subject,
  html: '', quoted_html: null, text_preview: '', has_remote_images: false, attachments: [], is_forward: false, is_description: false,
  delivery: null, is_auto_reply: false, ...more,
});

export function timeline(ticket) {
  if (!timelines.has(ticket.id)) {
    const agent = agents[1];
    timelines.set(ticket.id, [
      thread(ticket, {
        is_description: true, has_remote_images: true, text_preview: 'Hello, I ordered two weeks ago and …',
        html: `<p>Hello,</p><p>I ordered two weeks ago and <b>${ticket.subject.toLowerCase()}</b>. The order number is ${ticket.custom?.order_number ?? ''}.</p><p>Could you look into it, please? Photo attached.</p><p>Best regards,<br>${ticket.contact?.title ?? ''}</p>`,
        attachments: [{ id: newId(), name: 'photo.jpg', size_bytes: 482_113, content_type: 'image/jpeg', is_inline: false, content_id: null }],
      }),
      { id: newId(), type: 'event', at: before(ticket, 1), author: { kind: 'system', id: null, name: 'System' }, path: 'mail', verb: 'created', changes: [], detail: null },
      { id: newId(), type: 'event', at: before(ticket, 4), author: { kind: 'agent', id: agent.agent_id, name: agent.name }, path: 'ui', verb: 'updated', changes: [{ field: 'owner', from: null, to: { id: agent.agent_id, title: agent.name } }, { field: 'priority', from: null, to: 'high' }], detail: null },
      { id: newId(), type: 'comment', at: before(ticket, 9), edited_at: null, author: { kind: 'agent', id: agent.agent_id, name: agent.name }, html: '<p>The warehouse confirms it left on Monday. I will ask the carrier.</p>', is_public: false, attachments: [], may: ['update', 'delete'] },
      thread(ticket, {
        direction: 'out', at: before(ticket, 14), author: { kind: 'agent', id: agent.agent_id, name: agent.name, email: agent.email }, from: support,
        to: [{ name: ticket.contact?.title ?? '', address: ticket.contact?.email ?? '' }], subject: `Re: ${ticket.subject}`, text_preview: 'Thank you for writing …',
        html: '<p>Thank you for writing. I am sorry for the wait: I have asked our carrier and will come back to you <i>today</i>.</p><p>Ben</p>',
        quoted_html: '<blockquote>Hello, I ordered two weeks ago …</blockquote>',
        delivery: ticket.send_failed ? { state: 'failed', message: '550 mailbox unavailable', attempts: 3, next_try_at: null } : { state: 'sent', message: null, attempts: 1, next_try_at: null },
      }),
      thread(ticket, { at: before(ticket, 31), html: `<p>${ticket.last_word ?? 'Thank you!'}</p>`, text_preview: ticket.last_word ?? '' }),
    ]);
  }
  return timelines.get(ticket.id);
}

/** Answers what is below /tickets/{id}, or undefined when the path is not one of these. */
export function ticketRoute(method, parts, body, query, changed) {
  const ticket = store.tickets.find((each) => each.id === parts[0]);
  if (!ticket) return undefined;
  const items = timeline(ticket);
  const key = `${method} ${parts[1]}`;
  const touch = () => {
    ticket.revision += 1;
    ticket.last_activity_at = new Date().toISOString();
    changed('tickets', ticket, 'updated');
  };
  if (key === 'GET timeline') {
    const limit = Number(query.get('limit') ?? 50);
    const end = query.get('before') ? Number(query.get('before')) : items.length;
    const start = Math.max(0, end - limit);
    return { body: { items: items.slice(start, end), older_cursor: start > 0 ? String(start) : null } };
  }
  if (key === 'POST replies') {
    const people = (list) => (list ?? []).map((address) => (typeof address === 'string' ? { name: '', address } : address));
    const item = thread(ticket, {
      direction: 'out', at: new Date().toISOString(), author: author_me(), from: support, to: people(body.to), cc: people(body.cc), bcc: people(body.bcc),
      subject: body.subject ?? `Re: ${ticket.subject}`, html: body.html, text_preview: body.html.replace(/<[^>]+>/g, ' '), is_forward: body.kind === 'forward',
      delivery: { state: 'queued', message: null, attempts: 0, next_try_at: null },
    });
    items.push(item);
    drafts.delete(ticket.id);
    if (body.status) ticket.status = body.status;
    Object.assign(ticket, { last_word: item.text_preview, last_word_by: 'agent', thread_count: ticket.thread_count + 1 });
    setTimeout(() => {
      item.delivery = { state: 'sent', message: null, attempts: 1, next_try_at: null };
      touch();
    }, 1500);
    touch();
    return { status: 201, body: item };
  }
  if (key === 'GET reply_draft') {
    const is_forward = query.get('kind') === 'forward';
    return { body: {
      to: is_forward || !ticket.contact ? [] : [{ name: ticket.contact.title, address: ticket.contact.email ?? '' }],
      cc: query.get('kind') === 'reply_all' ? [{ name: 'Office', address: 'office@customer.example' }] : [], subject: `${is_forward ? 'Fwd' : 'Re'}: ${ticket.subject}`,
      quoted_html: '<blockquote>Hello, I ordered two weeks ago …</blockquote>', from_mailbox_id: '1', mailboxes: [{ id: '1', address: 'support@example.com' }], attachments: [],
    } };
  }
  if (parts[1] === 'draft') {
    if (method === 'PUT') drafts.set(ticket.id, { set_aside: [], ...body, files: [], revision: String(Date.now()), saved_at: new Date().toISOString() });
    if (method === 'DELETE') drafts.delete(ticket.id);
    if (method === 'DELETE') return { status: 204 };
    return { body: drafts.get(ticket.id) ?? null };
  }
  if (key === 'POST comments') {
    const item = { id: newId(), type: 'comment', at: new Date().toISOString(), edited_at: null, author: author_me(), html: body.html, is_public: body.is_public ?? false, attachments: [], may: ['update', 'delete'] };
    items.push(item);
    ticket.comment_count += 1;
    touch();
    return { status: 201, body: item };
  }
  if (parts[1] === 'comments' && parts[2]) {
    const index = items.findIndex((item) => item.id === parts[2]);
    if (index === -1) return undefined;
    if (method === 'DELETE') items.splice(index, 1);
    else Object.assign(items[index], { html: body.html, edited_at: new Date().toISOString() });
    touch();
    return method === 'DELETE' ? { status: 204 } : { body: items[index] };
  }
  if (key === 'GET attachments') return { body: { attachments: [{ id: '1', name: 'invoice.pdf', size_bytes: 48_213, content_type: 'application/pdf', at: before(ticket, 9), may: ['delete'] }] } };
  if (parts[1] === 'threads') {
    const item = items.find((each) => each.id === parts[2]);
    if (parts[3] === 'body') return { text: `<!doctype html><body style="font:14px sans-serif">${item?.html ?? ''}</body>`, type: 'text/html' };
    if (parts[3] === 'raw') return { text: `Subject: ${item?.subject}\r\n\r\n${item?.text_preview}`, type: 'message/rfc822' };
    if (parts[3] === 'resend') {
      item.delivery = { state: 'queued', message: null, attempts: 0, next_try_at: null };
      ticket.send_failed = false;
      touch();
      return { body: item };
    }
  }
  if (parts[1] === 'shares') {
    const held = new Map((ticket.shares ?? []).map((word) => word.split(':')));
    if (method === 'POST') for (const { department, access } of body.shares) held.set(department, access ?? 'full');
    if (method === 'DELETE') held.delete(parts[2]);
    Object.assign(ticket, { shares: [...held].map(([id, access]) => `${id}:${access}`), is_shared: held.size > 0 });
    if (method !== 'GET') touch();
    const named = (id) => ({ id, title: store.departments.find((each) => each.id === id)?.name ?? '' });
    return { body: { access: 'own', department: ticket.department, shares: [...held].map(([id, access]) => ({ department: named(id), access })) } };
  }
  if (key === 'POST presence')
    return { body: { others: ticket.number % 4 === 0 ? [{ agent_id: agents[1].agent_id, name: agents[1].name, state: 'replying' }] : [] } };
  return undefined;
}
