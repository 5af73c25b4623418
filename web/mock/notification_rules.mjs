// Notification rules, texts and the SMS gateway of the sample company.

const events = ['new_ticket', 'shared_ticket_received', 'assignment', 'reply', 'comment', 'mention', 'overdue', 'escalation'];
const isFixed = (event) => event === 'shared_ticket_received';
const departments = new Map();
const rulesOf = (department) => {
  if (!departments.has(department))
    departments.set(department, events.map((event) => ({ event, mail: isFixed(event), sms: false, has_fixed_template: isFixed(event) })));
  return departments.get(department);
};
const original = (event, locale) => ({
  event, locale, subject: '#{ticket.number} {ticket.subject}', text: 'Hello {agent.name},\n\n{link}\n',
  sms_text: '#{ticket.number} {ticket.subject} {link}', is_own: false, is_fixed: isFixed(event),
});
const templates = events.flatMap((event) => ['en', 'ja', 'zh', 'pt'].map((locale) => original(event, locale)));
const placeholders = ['ticket.number', 'ticket.subject', 'agent.name', 'department.name', 'link'];
let gateway = null;

const changed = (event, locale, changes) => ({
  body: Object.assign(templates.find((each) => each.event === event && each.locale === locale), changes),
});

export const notification_rule_routes = {
  'GET notification_rules/*': ([department]) => ({ body: { department, rules: rulesOf(department) } }),
  'PUT notification_rules/*/*': ([department, event], body) =>
    ({ body: Object.assign(rulesOf(department).find((each) => each.event === event), body) }),
  'GET notification_templates': () => ({ body: { templates, placeholders } }),
  'PUT notification_templates/*/*': ([event, locale], body) => changed(event, locale, { ...body, is_own: true }),
  'DELETE notification_templates/*/*': ([event, locale]) => changed(event, locale, original(event, locale)),
  'GET sms_gateway': () => ({ body: { gateway } }),
  'PUT sms_gateway': ([], body) => {
    gateway = { ...body, headers: body.headers.map(({ name }) => ({ name, has_value: true })), last_failure: null };
    return { body: gateway };
  },
  'DELETE sms_gateway': () => {
    gateway = null;
    return { status: 204 };
  },
  'POST sms_gateway/test': () => ({ body: { ok: true, message: '' } }),
};
