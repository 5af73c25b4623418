// Every main screen of Desk, with something on it.
import { companyOf, make, makeTicket, native } from './browser.mjs';

const settings_pages = [
  'my-account', 'organisation', 'users', 'roles', 'departments', 'ticket-sharing', 'customer-ratings', 'email', 'web-forms', 'telephone',
  'parked-mails', 'notification-rules', 'fields', 'layouts', 'statuses', 'service-levels', 'business-hours', 'automation-rules', 'macros',
  'reply-templates', 'api', 'webhooks', 'imports', 'recycle-bin', 'audit-log',
];

/** Makes what the screens show; gives a name for each, its path, and words that are on it once it is there. */
export async function makeScreens(page) {
  const account = await make(page, 'accounts', { name: 'Lighthouse Ltd', website: 'https://lighthouse.test', city: 'Porto' });
  const contact = await make(page, 'contacts', { first_name: 'Mia', last_name: 'Wong', email: 'mia@lighthouse.test', account: account.id });
  const ticket = await makeTicket(page, {
    subject: 'The lens is dusty', contact: contact.id, priority: 'high', description: '<p>The light is weak since <b>Monday</b>.</p>',
  });
  await makeTicket(page, { subject: 'ログインできません', contact: contact.id });
  await makeTicket(page, { subject: 'Nobody in particular, with a subject that goes on and on until it meets the edge of its column' });
  await native(page, 'POST', `/desk/${companyOf(page)}/tickets/${ticket.id}/comments`, { html: '<p>Ask the keeper.</p>', is_public: false, attachment_ids: [] });
  const { me } = await native(page, 'GET', `/desk/${companyOf(page)}/meta`);
  const product = await make(page, 'products', { name: 'Lamp 3000', departments: [ticket.department.id] });
  await native(page, 'POST', `/desk/${companyOf(page)}/tasks`, { subject: 'Polish the lens', department: ticket.department.id, owner: me.agent_id });
  await native(page, 'POST', `/desk/${companyOf(page)}/tickets/${ticket.id}/time`, { seconds: 5400, note: 'Polishing' });
  const ready = { tickets: 'The lens is dusty', contacts: 'Wong', accounts: 'Lighthouse Ltd' };
  return [
    ...Object.keys(ready).map((name) => ({ name: name === 'tickets' ? 'queue' : name, path: name, shown: ready[name] })),
    { name: 'ticket', path: `tickets/${ticket.id}`, shown: 'Ask the keeper.' },
    { name: 'contact', path: `contacts/${contact.id}`, shown: 'The lens is dusty' },
    { name: 'account', path: `accounts/${account.id}`, shown: 'The lens is dusty' },
    { name: 'search', path: 'search?q=lens', shown: 'The lens is dusty' },
    { name: 'products', path: 'products', shown: 'Lamp 3000' },
    { name: 'product', path: `products/${product.id}`, shown: 'Lamp 3000' },
    { name: 'activities', path: 'activities', shown: 'Polish the lens' },
    { name: 'dashboard', path: 'dashboard' },
    { name: 'time', path: 'time', shown: '1:30' },
    { name: 'time-entries', path: 'time?by=entry', shown: 'Polishing' },
    ...settings_pages
      .map((name) => ({ name: `settings-${name}`, path: `settings/${name}` })),
  ];
}
