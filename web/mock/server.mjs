// A development tool: serves the contract of docs/api/native.md from memory, so that screens can be worked on
// without the server. It keeps no rule of the product and is not part of what is shipped.
import { createServer } from 'node:http';
import { agents, me, newId, org, roles, store } from './data.mjs';
import { modules, statuses } from './modules.mjs';
import { create, drop, histories, list, note, refusal, restore, search, views, write } from './records.mjs';
import { meRoute, settingsRoute } from './settings.mjs';
import { ticketRoute } from './tickets.mjs';

const port = Number(process.env.PORT ?? 8080);
const person = { id: me.person_id, name: me.name, email: me.email, locale: 'en', theme: 'system', density: 'comfortable', time_zone: 'Europe/Lisbon', phone: '', totp_enabled: false };
const streams = new Set();
globalThis.agent_name = (id) => agents.find((agent) => agent.agent_id === id)?.name;

const session = () => ({
  person, csrf_token: 'mock-token', organisations: [{ id: org, app: 'desk', name: 'Northwind Bikes', role: me.role }], version: 'mock',
});
const meta = () => ({
  organisation: { id: org, name: 'Northwind Bikes' },
  me: {
    person_id: me.person_id, agent_id: me.agent_id, name: person.name, email: me.email, role: { ...me.role, kind: 'administrator' }, department_ids: me.department_ids,
    may: ['manage_people', 'manage_departments', 'manage_mailboxes', 'manage_fields', 'manage_api', 'read_audit_log', 'manage_organisation', 'export'],
  },
  features: { ticket_sharing: true },
  limits: { bulk_ids: 250, import_file_bytes: 20 * 1024 * 1024, upload_bytes: 25 * 1024 * 1024, mail_files_bytes: 20 * 1024 * 1024, mail_recipients: 100, tickets_merged: 20 },
  modules, departments: store.departments.map(({ id, name, is_enabled }) => ({ id, name, is_enabled })),
  agents: agents.map((agent) => ({ id: agent.agent_id, name: agent.name, email: agent.email, status: agent.status, department_ids: agent.department_ids, role_name: agent.role.name })),
  statuses,
});

function changed(module, record, verb) {
  const words = `event: change\ndata: ${JSON.stringify({ module, id: record.id, verb, revision: record.revision })}\n\n`;
  for (const stream of streams) stream.write(words);
}

function deskRoute(method, parts, body, query) {
  const [first, id, verb] = parts;
  if (first === 'meta') return { body: meta() };
  if (first === 'organisation') return { body: { id: org, name: body.name } };
  if (first === 'views')
    return { body: { may_share: true, views: Object.entries(views).map(([name, test]) => ({ id: name, name, kind: 'ready', count: store.tickets.filter((each) => !query.get('department') || each.department?.id === query.get('department')).filter(test).length, count_is_exact: true })) } };
  if (first === 'search') return { body: { groups: search(query.get('q') ?? '', query.get('module')) } };
  if (first === 'uploads') return { status: 201, body: { id: newId(), name: 'upload.bin', size_bytes: 1, content_type: 'application/octet-stream' } };
  if (!store[first]) return settingsRoute(method, parts, body, query);
  if (!id) {
    if (method === 'GET') return { body: list(first, query) };
    const made = create(first, body);
    if (made.record) changed(first, made.record, 'created');
    return made.record ? { status: 201, body: made.record } : made;
  }
  if (id === 'bulk') return bulk(first, body);
  if (verb === 'restore') {
    const back = restore(first, id);
    if (back) changed(first, back, 'restored');
    return back ? { body: back } : refusal(404, 'not_found', 'not_found', 'There is no such record.');
  }
  const record = store[first].find((each) => each.id === id);
  if (!record) return refusal(404, 'not_found', 'not_found', 'There is no such record, or you may not see it.');
  if (verb === 'history') {
    if (!histories.has(id)) note(record, 'created');
    return { body: { entries: histories.get(id), next_cursor: null } };
  }
  if (verb === 'close' || verb === 'reopen') return save(first, record, { status: verb === 'close' ? 'closed' : 'open' });
  if (verb && first === 'tickets') return ticketRoute(method, parts.slice(1), body, query, changed);
  if (method === 'GET') return { body: record };
  if (method === 'PATCH') return save(first, record, body);
  if (method === 'DELETE') {
    drop(first, id);
    changed(first, record, 'deleted');
    return { status: 204 };
  }
  return undefined;
}

function save(module, record, body) {
  const refused = write(module, record, body);
  if (refused.status) return refused;
  changed(module, record, 'updated');
  return { body: record };
}

function bulk(module, body) {
  return { body: { results: body.ids.map((id) => {
    const record = store[module].find((each) => each.id === id);
    if (!record) return { id, ok: false, error: { kind: 'not_found', code: 'not_found', message: 'There is no such record.', field: null, faults: [] } };
    if (body.delete) drop(module, id);
    const answer = body.delete ? {} : write(module, record, body.changes);
    changed(module, record, body.delete ? 'deleted' : 'updated');
    return answer.status ? { id, ok: false, error: answer.body.error } : { id, ok: true };
  }) } };
}

function entrance(method, parts, body, is_signed_in) {
  const key = `${method} ${parts.join('/')}`;
  if (key === 'GET session')
    return is_signed_in ? { body: session() } : { status: 401, body: { ...refusal(401, 'unauthenticated', 'signed_out', 'Sign in first.').body, setup_needed: false } };
  if (key === 'POST session')
    return body.password === 'tandem-demo' ? { body: session(), cookie: 'tandem_session=mock; HttpOnly; SameSite=Lax; Path=/' } : refusal(401, 'unauthenticated', 'wrong_credentials', 'E-mail or password is wrong.');
  if (key === 'DELETE session') return { status: 204, cookie: 'tandem_session=; Max-Age=0; Path=/' };
  if (key === 'POST password/forgotten') return { status: 204 };
  if (key === 'POST password/reset')
    return body.password.length < 8 ? refusal(422, 'invalid', 'password_too_short', 'Give 8 to 256 characters.', 'password') : { status: 204 };
  if (parts[0] === 'invitations') {
    if (method === 'POST') return { body: session(), cookie: 'tandem_session=mock; HttpOnly; SameSite=Lax; Path=/' };
    return parts[1] === 'old'
      ? refusal(422, 'invalid', 'token_invalid', 'This link is used up or too old.')
      : { body: { email: 'lea@example.com', name: 'Lea Fischer', organisation: { id: org, name: 'Northwind Bikes' }, role_name: roles[2].name, has_account: parts[1] === 'known' } };
  }
  if (parts[0] === 'me') return meRoute(method, parts.slice(1), body, person);
  return undefined;
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://mock');
  const parts = url.pathname.split('/').filter(Boolean).slice(1);
  const is_signed_in = /tandem_session=mock/.test(request.headers.cookie ?? '');
  if (parts[0] === 'desk' && parts[2] === 'events') return stream(request, response);
  let raw = '';
  for await (const chunk of request) raw += chunk;
  const is_json = (request.headers['content-type'] ?? '').includes('json');
  const body = raw && is_json ? JSON.parse(raw) : {};
  const answer = (parts[0] === 'desk'
    ? is_signed_in ? deskRoute(request.method, parts.slice(2), body, url.searchParams) : refusal(401, 'unauthenticated', 'signed_out', 'Sign in first.')
    : entrance(request.method, parts, body, is_signed_in)) ?? refusal(404, 'not_found', 'no_such_address', 'There is no such address.');
  if (answer.cookie) response.setHeader('Set-Cookie', answer.cookie);
  response.writeHead(answer.status ?? 200, { 'Content-Type': answer.type ?? 'application/json' });
  response.end(answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body)));
  return undefined;
}).listen(port, '127.0.0.1', () => process.stdout.write(`mock on http://127.0.0.1:${port}\n`));

function stream(request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write('event: hello\ndata: {}\n\n');
  streams.add(response);
  request.on('close', () => streams.delete(response));
}
