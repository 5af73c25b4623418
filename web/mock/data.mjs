// A small living company. The same on each start, but for the clock.

let next_id = 10_000;
export const newId = () => `70368744${String((next_id += 7)).padStart(9, '0')}`;

let seed = 42;
const random = () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
const pick = (list) => list[Math.floor(random() * list.length)];
const minute = 60_000;
const ago = (minutes) => new Date(Date.now() - minutes * minute).toISOString();

export const org = '1001';
export const roles = [
  ['Administrator', 'administrator'], ['Agent', 'agent'], ['Light agent', 'light_agent'], ['Team lead', 'custom'],
].map(([name, kind]) => ({
  id: newId(), name, kind, is_system: kind !== 'custom', may_give: true,
  rights: Object.fromEntries(['tickets', 'contacts', 'accounts'].map((module) => [
    module, kind === 'light_agent' ? ['read'] : kind === 'agent' ? ['create', 'read', 'update'] : ['create', 'read', 'update', 'delete'],
  ])),
  duties: kind === 'administrator' ? ['manage_people', 'manage_departments', 'manage_mailboxes', 'manage_fields', 'manage_api', 'read_audit_log', 'manage_organisation'] : [],
  fields: { tickets: kind === 'custom' ? { due_at: 'read' } : {} },
}));

export const departments = ['Customer support', 'Receivables', 'Shipping'].map((name) => ({
  id: newId(), name, title: name, description: null, is_enabled: true,
}));

export const agents = [
  ['Ana Oliveira', 'ana', 0, [0, 1, 2]], ['Ben Carter', 'ben', 1, [0]], ['佐藤 美咲', 'misaki', 1, [0, 2]],
  ['Priya Raman', 'priya', 3, [0, 1]], ['Jonas Weber', 'jonas', 1, [1]], ['Lea Fischer', 'lea', 2, [2]], ['Tom Novak', 'tom', 1, [0]],
].map(([name, mail, role, rooms], index) => ({
  agent_id: newId(), person_id: newId(), name, email: `${mail}@example.com`, role: { id: roles[role].id, name: roles[role].name },
  department_ids: rooms.map((room) => departments[room].id), status: ['active', 'active', 'active', 'active', 'active', 'invited', 'disabled'][index],
  invited_at: ago(90_000 - index * 5000), last_seen_at: index < 5 ? ago(index * 87 + 1) : null, totp_enabled: index % 3 === 0,
}));
export const me = agents[0];

const company_words = [
  'Alpine Outfitters', 'Northwind Bikes', '株式会社さくら商事', 'Blue Harbor Foods', 'Kestrel Logistics', 'Meridian Clinics', 'Vela Solar',
  'Oakline Furniture', 'Pixel & Pine', 'Granite Software', '東京テクノ株式会社', 'Solstice Travel', 'Tidewater Supply', 'Arbor Education',
];
const firsts = ['Maria', 'Liam', 'Sofia', 'Noah', 'Emma', 'Lucas', 'Chloé', 'Mateo', 'Yuki', 'Hana', 'Olga', 'Peter', 'Ravi', 'Nina'];
const lasts = ['Santos', 'Murphy', 'Rossi', 'Andersson', 'Dubois', 'Kowalski', 'Nguyen', 'García', 'Schmidt', 'Tanaka', 'Petrova', 'Brown'];
const cities = [['Porto', 'Portugal'], ['Dublin', 'Ireland'], ['Osaka', 'Japan'], ['Berlin', 'Germany'], ['Austin', 'United States'], ['Lyon', 'France']];

const record = (module, title, fields, may = ['update', 'delete']) => ({
  id: newId(), revision: 1, module, title, ...fields, custom: {}, may,
});

const accounts = company_words.map((name, index) => {
  const [city, country] = pick(cities);
  return record('accounts', name, {
    name, website: `https://www.${['alpine', 'northwind', 'sakura', 'blueharbor', 'kestrel', 'meridian', 'vela'][index % 7]}.example`,
    phone: `+1 555 01${String(10 + index)}`, fax: null, industry: pick(['Retail', 'Food', 'Logistics', 'Health', 'Software']),
    description: null, street: `${index + 3} Main Street`, city, state: null, country, zip: String(10_000 + index * 113), code: `AC-${100 + index}`,
    created_at: ago(200_000 - index * 900),
  });
});
const contacts = Array.from({ length: 160 }, (_, index) => {
  const is_japanese = index % 11 === 3;
  const first = is_japanese ? pick(['健太', '結衣', '大輔', '美穂']) : pick(firsts);
  const last = is_japanese ? pick(['田中', '鈴木', '高橋', '伊藤']) : pick(lasts);
  const account = pick(accounts);
  const [city, country] = pick(cities);
  return record('contacts', is_japanese ? `${last} ${first}` : `${first} ${last}`, {
    first_name: first, last_name: last, email: `person${index}@customer${index % 14}.example`, secondary_email: null,
    phone: index % 3 ? `+49 30 555 ${1000 + index}` : null, mobile: null, job_title: pick(['Buyer', 'Office manager', 'Owner', null]),
    account: { id: account.id, title: account.title }, description: null, street: null, city, state: null, country, zip: null,
    created_at: ago(150_000 - index * 700),
  });
});

const subjects = [
  'Refund has not arrived after two weeks', 'Cannot sign in since the update', 'Where is my parcel?', 'Invoice shows the wrong address',
  '請求書の宛名を変更したい', 'Question about the yearly plan', 'Damaged on arrival: front wheel bent', 'Please cancel my order', '商品が届きません',
  'Export to CSV stops at 10,000 rows', 'Card was charged twice', 'How do I add a second user?', 'Delivery to another country', 'Wrong size sent, need exchange',
  'App closes when I open the camera', 'Discount code does not work at checkout', '返品の手続きについて教えてください', 'Need a copy of last year’s receipts',
];
const words = [
  'Thank you, that works now!', 'Could you tell me when it will be shipped?', 'I have attached a photo of the damage.', 'We have sent the refund to your bank today.',
  'Please find the corrected invoice attached.', 'ご連絡ありがとうございます。確認いたします。', 'Is there any news on this?', 'It has been three days and nobody answered.',
];
const ticket_may = ['update', 'delete', 'reply', 'forward', 'comment', 'comment_public', 'assign', 'close', 'change_status', 'move', 'share'];

const tickets = Array.from({ length: 420 }, (_, index) => {
  const contact = pick(contacts);
  const age = index * 47 + Math.floor(random() * 40) + 2;
  const status = index < 8 ? pick(['open', 'escalated']) : pick(['open', 'open', 'open', 'on_hold', 'escalated', 'closed', 'closed']);
  const due = status === 'closed' ? null : new Date(Date.now() + (random() * 4000 - 1100) * minute).toISOString();
  const owner = pick([...agents.slice(0, 5), null]);
  const department = pick(departments);
  return record('tickets', subjects[index % subjects.length], {
    number: 4820 - index, subject: subjects[index % subjects.length], description: `<p>${pick(words)}</p>`, status,
    priority: pick(['low', 'medium', 'medium', 'high', 'urgent', null]), channel: pick(['email', 'email', 'web', 'phone']),
    department: { id: department.id, title: department.name },
    contact: { id: contact.id, title: contact.title, email: contact.email }, account: contact.account,
    owner: owner && { id: owner.agent_id, title: owner.name, email: owner.email }, due_at: due, closed_at: status === 'closed' ? ago(age / 2) : null,
    is_overdue: due !== null && new Date(due) < new Date(), is_escalated: status === 'escalated', category: pick(['Orders', 'Billing', 'Technical', null]),
    classification: pick(['question', 'problem', 'other', null]), language: 'en', email: contact.email, phone: contact.phone,
    created_at: ago(age), updated_at: ago(age / 3), last_activity_at: ago(age / 4), last_word: pick(words), last_word_by: pick(['agent', 'customer']),
    thread_count: 3, comment_count: 1, attachment_count: index % 3, send_failed: index % 61 === 5, resolution: null,
  }, ticket_may);
});
for (const ticket of tickets) ticket.custom = { order_number: `SO-${20_000 + ticket.number}`, purchase_on: '2026-10-14' };

const department_records = departments.map((each) => ({
  ...record('departments', each.name, { name: each.name, description: null, is_enabled: true }), id: each.id,
}));
export const store = { tickets, contacts, accounts, departments: department_records };
export const deleted = [];
