// Lists, one record, writes, bulk, history, search: the verbs of every module.
import { deleted, me, newId, store } from './data.mjs';
import { modules, statuses } from './modules.mjs';

const value_of = (record, name) => (name in record ? record[name] : record.custom?.[name]);
const plain = (value) => (value && typeof value === 'object' && 'id' in value ? value.id : value ?? null);
const at = (value) => (value === 'now' ? new Date().toISOString() : value === 'me' ? me.agent_id : value);

const tests = {
  is: (value, wanted) => plain(value) === at(wanted),
  is_not: (value, wanted) => plain(value) !== at(wanted),
  is_one_of: (value, wanted) => wanted.map(at).includes(plain(value)),
  is_none_of: (value, wanted) => !wanted.map(at).includes(plain(value)),
  contains: (value, wanted) => String(plain(value) ?? '').toLowerCase().includes(String(wanted).toLowerCase()),
  starts_with: (value, wanted) => String(plain(value) ?? '').toLowerCase().startsWith(String(wanted).toLowerCase()),
  is_empty: (value) => plain(value) === null || value === '',
  is_not_empty: (value) => plain(value) !== null && value !== '',
  before: (value, wanted) => value && value < at(wanted),
  after: (value, wanted) => value && value > at(wanted),
  at_least: (value, wanted) => value >= wanted,
  at_most: (value, wanted) => value <= wanted,
  between: (value, [low, high]) => value >= low && value <= high,
};

export function matches(record, filter) {
  if (!filter) return true;
  if (filter.all_of) return filter.all_of.every((each) => matches(record, each));
  if (filter.any_of) return filter.any_of.some((each) => matches(record, each));
  if (filter.none_of) return !filter.none_of.some((each) => matches(record, each));
  const name = Object.keys(filter).find((key) => key in tests);
  return name ? tests[name](value_of(record, filter.field), filter[name]) : true;
}

const type_of = (ticket) => statuses.find((status) => status.name === ticket.status)?.type;
export const views = {
  all: () => true,
  mine: (ticket) => ticket.owner?.id === me.agent_id && type_of(ticket) !== 'closed',
  unassigned: (ticket) => !ticket.owner && type_of(ticket) !== 'closed',
  overdue: (ticket) => ticket.is_overdue,
  escalated: (ticket) => ticket.is_escalated,
  high_priority: (ticket) => ['high', 'urgent'].includes(ticket.priority) && type_of(ticket) !== 'closed',
  closed: (ticket) => type_of(ticket) === 'closed',
  shared: (ticket) => ticket.is_shared === true,
};

export function list(module, query) {
  const filter = query.get('filter') ? JSON.parse(query.get('filter')) : null;
  const department = query.get('department');
  let rows = store[module].filter((row) => matches(row, filter));
  if (module === 'tickets') rows = rows.filter(views[query.get('view') ?? 'all'] ?? views.all);
  if (department) rows = rows.filter((row) => row.department?.id === department);
  const sort = query.get('sort');
  if (sort) {
    const name = sort.replace(/^-/, '');
    const sign = sort.startsWith('-') ? -1 : 1;
    rows = [...rows].sort((a, b) => sign * String(value_of(a, name) ?? '~').localeCompare(String(value_of(b, name) ?? '~'), 'en', { numeric: true }));
  }
  const from = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const answer = { records: rows.slice(from, from + limit), next_cursor: from + limit < rows.length ? String(from + limit) : null };
  return query.get('count') ? { ...answer, count: Math.min(rows.length, 1000), count_is_exact: rows.length <= 1000 } : answer;
}

export const refusal = (status, kind, code, message, field = null, faults = []) => ({ status, body: { error: { kind, code, message, field, faults } } });
export const histories = new Map();

export function note(record, verb, changes = []) {
  const entries = histories.get(record.id) ?? [];
  entries.unshift({ id: newId(), at: new Date().toISOString(), verb, author: { id: me.agent_id, name: me.name, kind: 'person' }, path: 'ui', changes, detail: null });
  histories.set(record.id, entries);
}

function resolve(field, value) {
  if (!value || (field.kind !== 'link' && field.kind !== 'user')) return value;
  const found = store[field.link_to]?.find((each) => each.id === value);
  return { id: value, title: found?.title ?? globalThis.agent_name?.(value) ?? value, ...(found?.email ? { email: found.email } : {}) };
}

export function write(module, record, body) {
  const definition = modules.find((each) => each.name === module);
  if (body.revision !== undefined && body.revision !== record.revision) return refusal(409, 'conflict', 'stale', 'The record has changed since.');
  const faults = [];
  const given = { ...body, ...(body.custom ?? {}) };
  for (const field of definition.fields) {
    const value = given[field.name];
    const is_missing = field.name in given ? value === null || value === '' : !record.revision;
    if (field.required && is_missing && field.name !== 'status') faults.push({ field: field.name, code: 'required', message: `Give ${field.label.toLowerCase()}.` });
    if (field.kind === 'email' && value && !/^\S+@\S+$/.test(value)) faults.push({ field: field.name, code: 'email_invalid', message: 'Give an e-mail address like name@example.com.' });
  }
  if (faults.length) return refusal(422, 'invalid', faults[0].code, faults[0].message, faults[0].field, faults);
  const changes = [];
  for (const field of definition.fields) {
    if (!(field.name in given)) continue;
    const holder = field.custom ? record.custom : record;
    const to = resolve(field, given[field.name]);
    if (JSON.stringify(plain(holder[field.name])) !== JSON.stringify(plain(to))) changes.push({ field: field.name, from: holder[field.name] ?? null, to });
    holder[field.name] = to;
  }
  record.revision = (record.revision ?? 0) + 1;
  record.updated_at = new Date().toISOString();
  record.title = module === 'contacts' ? [record.first_name, record.last_name].filter(Boolean).join(' ') : record[definition.title_field];
  if (module === 'tickets') {
    record.closed_at = type_of(record) === 'closed' ? (record.closed_at ?? record.updated_at) : null;
    record.is_escalated = record.status === 'escalated';
    record.is_overdue = !record.closed_at && !!record.due_at && record.due_at < record.updated_at;
    record.may = record.may.filter((verb) => verb !== 'close' && verb !== 'reopen').concat(record.closed_at ? 'reopen' : 'close');
  }
  note(record, record.revision === 1 ? 'created' : 'updated', changes);
  return { changes };
}

export function create(module, body) {
  const may = module === 'tickets' ? store.tickets[0].may : ['update', 'delete'];
  const record = { id: newId(), module, title: '', custom: {}, may: [...may], created_at: new Date().toISOString() };
  for (const field of modules.find((each) => each.name === module).fields) if (!field.custom) record[field.name] ??= field.default ?? null;
  if (module === 'tickets')
    Object.assign(record, { number: Math.max(...store.tickets.map((each) => each.number)) + 1, status: 'open', channel: 'phone', last_activity_at: record.created_at });
  const refused = write(module, record, body);
  if (refused.status) return refused;
  store[module].unshift(record);
  return { record };
}

export function drop(module, id) {
  const index = store[module].findIndex((each) => each.id === id);
  if (index === -1) return false;
  const [record] = store[module].splice(index, 1);
  deleted.unshift({ ...record, deleted_at: new Date().toISOString(), deleted_by: { id: me.agent_id, title: me.name }, may: ['restore', 'purge'] });
  return true;
}

export function restore(module, id) {
  const index = deleted.findIndex((each) => each.id === id && each.module === module);
  if (index === -1) return null;
  const [record] = deleted.splice(index, 1);
  record.may = module === 'tickets' ? store.tickets[0].may : ['update', 'delete'];
  store[module].unshift(record);
  return record;
}

export function search(words, module) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const limit = module ? 50 : 8;
  const subtitles = {
    tickets: (row) => `#${row.number} · ${row.contact?.title ?? ''}`, contacts: (row) => row.email, accounts: (row) => row.city,
  };
  return Object.keys(subtitles).filter((each) => !module || each === module).map((each) => {
    const found = store[each].filter((row) => wanted.every((word) => `${row.title} ${row.number ?? ''} ${row.email ?? ''}`.toLowerCase().includes(word)));
    return {
      module: each, more: found.length > limit,
      records: found.slice(0, limit).map((row) => ({ id: row.id, title: row.title, subtitle: subtitles[each](row) ?? null, ...(row.status ? { status: row.status } : {}) })),
    };
  }).filter((group) => group.records.length > 0);
}
