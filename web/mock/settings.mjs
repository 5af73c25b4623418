// People, roles, mailboxes, fields, statuses, API clients, audit log: the settings of the sample company.
import { agents, deleted, departments, me, newId, roles } from './data.mjs';
import { modules, statuses } from './modules.mjs';
import { notification_rule_routes } from './notification_rules.mjs';
import { refusal } from './records.mjs';

const now = () => new Date().toISOString();
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const server = (host, port, security, more = {}) => ({ host, port, security, user: 'support@example.com', has_password: true, ...more });

const mailboxes = [
  { id: newId(), department: { id: departments[0].id, title: departments[0].name }, address: 'support@example.com', display_name: 'Tandem Support', imap: server('imap.example.com', 993, 'tls', { folder: 'INBOX' }), smtp: server('smtp.example.com', 465, 'tls'), is_enabled: true, uses_plus_address: false, state: 'ok', last_error: null, last_success_at: ago(1), poll_seconds: 60 },
  { id: newId(), department: { id: departments[1].id, title: departments[1].name }, address: 'billing@example.com', display_name: 'Billing', imap: server('imap.example.com', 993, 'tls', { folder: 'INBOX' }), smtp: server('smtp.example.com', 587, 'starttls'), is_enabled: true, uses_plus_address: false, state: 'failing', last_error: 'The server refused the password (AUTHENTICATIONFAILED).', last_success_at: ago(190), poll_seconds: 60 },
];
const parked = [
  { id: newId(), received_at: ago(44), mailbox: 'support@example.com', from: 'mailer-daemon@customer.example', subject: 'Undelivered Mail Returned to Sender', reason: 'A bounce that names no mail of ours.', size_bytes: 8_211 },
  { id: newId(), received_at: ago(3_000), mailbox: 'support@example.com', from: 'news@shop.example', subject: 'Our autumn sale', reason: 'Larger than 35 MiB.', size_bytes: 41_233_000 },
];
const clients = [
  { id: newId(), name: 'Warehouse export', client_id: '1000.A7KQ2M9XPL4T', kind: 'self', redirect_uris: [], created_at: ago(50_000) },
  { id: newId(), name: 'Company intranet', client_id: '1000.T1ZW8BVC6R0N', kind: 'web', redirect_uris: ['https://intranet.example.com/callback'], created_at: ago(20_000) },
];
const tokens = [{ id: newId(), client_name: 'Warehouse export', scopes: ['Desk.tickets.READ', 'Desk.contacts.READ'], created_at: ago(9_000), last_used_at: ago(12) }];
const audit = [
  ['signed in', null, 3], ['changed a role', 'Team lead: tickets may now be deleted', 90], ['invited a person', 'lea@example.com as Light agent', 600],
  ['added a mailbox', 'billing@example.com', 4000], ['signed in', null, 4300], ['made an API client', 'Warehouse export', 9000],
].map(([what, detail, minutes], index) => ({ id: newId(), at: ago(minutes), actor: { id: me.agent_id, name: index % 3 === 1 ? 'Priya Raman' : me.name }, what, detail, address: '192.0.2.17' }));
const sessions = [
  { id: newId(), created_at: ago(400), last_seen_at: now(), address: '192.0.2.17', agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', current: true },
  { id: newId(), created_at: ago(9000), last_seen_at: ago(700), address: '198.51.100.4', agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1', current: false },
];

const fieldChoices = () => Object.fromEntries(modules.map((module) => [module.name, Object.fromEntries(module.fields.map((field, index) => [
  field.name, index === 0 ? ['write', 'read'] : ['write', 'read', 'hidden'],
]))]));
const need = (body, ...names) => {
  const faults = names.filter((name) => !body[name]).map((field) => ({ field, code: 'required', message: `Give a ${field.replace('_id', '').replace('_', ' ')}.` }));
  return faults.length ? refusal(422, 'invalid', 'required', faults[0].message, faults[0].field, faults) : null;
};
const gone = (list, id) => {
  const index = list.findIndex((each) => (each.id ?? each.name) === id);
  if (index >= 0) list.splice(index, 1);
  return { status: 204 };
};
const changed = (list, id, body) => {
  const found = list.find((each) => (each.id ?? each.agent_id ?? each.name) === id);
  return found ? { body: Object.assign(found, body) } : undefined;
};

const routes = {
  'GET people': () => ({ body: { people: agents } }),
  'POST people': ([], body) => {
    const refused = need(body, 'email', 'name', 'role_id');
    if (refused) return refused;
    const role = roles.find((each) => each.id === body.role_id);
    const person = { agent_id: newId(), person_id: newId(), name: body.name, email: body.email, role: { id: role.id, name: role.name }, department_ids: body.department_ids ?? [], status: 'invited', invited_at: now(), last_seen_at: null, totp_enabled: false };
    agents.push(person);
    return { status: 201, body: person };
  },
  'PATCH people/*': ([id], body) => {
    if (id === me.agent_id && (body.status === 'disabled' || (body.role_id && body.role_id !== roles[0].id)))
      return refusal(409, 'conflict', 'last_administrator', 'At least one administrator must remain.');
    const role = roles.find((each) => each.id === body.role_id);
    const { role_id, ...rest } = body;
    return changed(agents, id, role_id ? { ...rest, role: { id: role.id, name: role.name } } : rest);
  },
  'POST people/*/reinvite': () => ({ status: 204 }),
  'DELETE people/*/invitation': () => ({ status: 204 }),
  'GET roles': () => ({ body: { roles, field_choices: fieldChoices() } }),
  'POST roles': ([], body) => {
    const refused = need(body, 'name');
    if (refused) return refused;
    const role = { id: newId(), kind: 'custom', is_system: false, may_give: true, rights: {}, fields: {}, ...body };
    roles.push(role);
    return { status: 201, body: role };
  },
  'PATCH roles/*': ([id], body) => changed(roles, id, body),
  'DELETE roles/*': ([id]) => gone(roles, id),
  'GET mailboxes': () => ({ body: { mailboxes } }),
  'POST mailboxes': ([], body) => {
    const refused = need(body, 'address');
    if (refused) return refused;
    const department = departments.find((each) => each.id === (body.department?.id ?? body.department)) ?? departments[0];
    const mailbox = { id: newId(), state: 'never', last_error: null, last_success_at: null, poll_seconds: 60, is_enabled: true, uses_plus_address: false, ...body, department: { id: department.id, title: department.name } };
    mailboxes.push(mailbox);
    return { status: 201, body: mailbox };
  },
  'PATCH mailboxes/*': ([id], { department, ...body }) => {
    const room = departments.find((each) => each.id === department);
    return changed(mailboxes, id, room ? { ...body, department: { id: room.id, title: room.name } } : body);
  },
  'DELETE mailboxes/*': ([id]) => gone(mailboxes, id),
  'POST mailboxes/*/check': ([id]) => ({ body: id === mailboxes[0]?.id
    ? { imap: { ok: true, message: 'Signed in, 3 mails in INBOX.' }, smtp: { ok: true, message: 'Signed in.' } }
    : { imap: { ok: false, message: 'The server refused the password (AUTHENTICATIONFAILED).' }, smtp: { ok: true, message: 'Signed in.' } } }),
  'GET parked_mails': () => ({ body: { mails: parked, next_cursor: null } }),
  'POST parked_mails/*/retry': ([id]) => gone(parked, id),
  'DELETE parked_mails/*': ([id]) => gone(parked, id),
  'GET fields/*': ([module]) => ({ body: { fields: modules.find((each) => each.name === module)?.fields.filter((each) => each.custom) ?? [] } }),
  'POST fields/*': ([module], body) => {
    const refused = need(body, 'label');
    if (refused) return refused;
    const name = body.name ?? body.label.toLowerCase().replace(/\W+/g, '_');
    const field = { required: false, unique: false, searchable: false, sortable: false, read_only: false, ...body, name, custom: true };
    modules.find((each) => each.name === module).fields.push(field);
    return { status: 201, body: field };
  },
  'PATCH fields/*/*': ([module, name], body) => changed(modules.find((each) => each.name === module).fields.map((each) => each), name, body),
  'DELETE fields/*/*': ([module, name]) => gone(modules.find((each) => each.name === module).fields, name),
  ...notification_rule_routes,
  'GET statuses': () => ({ body: { statuses } }),
  'POST statuses': ([], body) => {
    const status = { name: body.name ?? body.label.toLowerCase().replace(/\W+/g, '_'), position: statuses.length, ...body };
    statuses.push(status);
    return { status: 201, body: status };
  },
  'PATCH statuses/*': ([name], body) => changed(statuses, name, body),
  'DELETE statuses/*': ([name]) => gone(statuses, name),
  'GET oauth_clients': () => ({ body: { clients } }),
  'POST oauth_clients': ([], body) => {
    const client = { id: newId(), client_id: `1000.${newId().slice(-12)}`, redirect_uris: [], created_at: now(), ...body };
    clients.push(client);
    return { status: 201, body: { ...client, client_secret: 'b1f4c6d2e8a94f0c9d1e7a5b3c2d4e6f8a0b' } };
  },
  'DELETE oauth_clients/*': ([id]) => gone(clients, id),
  'POST oauth_clients/*/code': ([], body) => ({ body: { code: '1000.8d2f6a10c4b5e7d9f1a3c5e7092b4d6f', expires_at: new Date(Date.now() + (body.minutes ?? 10) * 60_000).toISOString() } }),
  'GET oauth_tokens': () => ({ body: { tokens } }),
  'DELETE oauth_tokens/*': ([id]) => gone(tokens, id),
  'GET audit_log': () => ({ body: { entries: audit, next_cursor: null } }),
  'GET recycle_bin': (_, __, query) => ({ body: { records: deleted.filter((each) => !query.get('module') || each.module === query.get('module')), next_cursor: null } }),
  'DELETE recycle_bin/*/*': ([, id]) => gone(deleted, id),
};

export function settingsRoute(method, parts, body, query) {
  for (const [pattern, handle] of Object.entries(routes)) {
    const [verb, path] = pattern.split(' ');
    const wanted = path.split('/');
    if (verb !== method || wanted.length !== parts.length) continue;
    if (wanted.every((word, index) => word === '*' || word === parts[index]))
      return handle(parts.filter((_, index) => wanted[index] === '*'), body, query);
  }
  return undefined;
}

export function meRoute(method, parts, body, person) {
  const key = `${method} ${parts.join('/')}`;
  if (key === 'PATCH ') return { body: Object.assign(person, body) };
  if (key === 'POST password')
    return body.password.length < 8 ? refusal(422, 'invalid', 'password_too_short', 'Give 8 to 256 characters.', 'password') : { status: 204 };
  if (key === 'POST totp') return { body: { secret: 'JBSWY3DPEHPK3PXPJBSWY3DP', otpauth_url: 'otpauth://totp/Tandem:ana%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DP&issuer=Tandem' } };
  if (key === 'PUT totp') {
    if (body.code !== '123456') return refusal(422, 'invalid', 'totp_wrong', 'The code is wrong.', 'code');
    person.totp_enabled = true;
    return { body: { recovery_codes: ['h4kd-92ms', 'p0xn-7c1q', 'zt5v-38ab', 'w6ye-1rfu', 'm2jg-k94s', 'b8lo-5d7h', 'q3ci-x06n', 'v9ta-e2pk'] } };
  }
  if (key === 'DELETE totp') {
    person.totp_enabled = false;
    return { status: 204 };
  }
  if (key === 'GET sessions') return { body: { sessions } };
  if (method === 'DELETE' && parts[0] === 'sessions') return gone(sessions, parts[1]);
  return undefined;
}
