// Module definitions as the server gives them, for development without a server.

const field = (name, label, kind, more = {}) => ({
  name, label, kind, required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: false, ...more,
});
const choices = (...names) => names.map((name) => ({ name, label: name[0].toUpperCase() + name.slice(1).replace('_', ' ') }));
const fixed = { read_only: true };
const sortable = { sortable: true };
const place = [
  field('street', 'Street', 'text'), field('city', 'City', 'text', sortable), field('state', 'State', 'text'),
  field('country', 'Country', 'text'), field('zip', 'Postal code', 'text'),
];

export const statuses = [
  { name: 'open', label: 'Open', type: 'open', position: 0 },
  { name: 'on_hold', label: 'On hold', type: 'on_hold', position: 1 },
  { name: 'escalated', label: 'Escalated', type: 'open', position: 2 },
  { name: 'closed', label: 'Closed', type: 'closed', position: 3 },
];

const may = ['create', 'read', 'update', 'delete'];

export const modules = [
  {
    name: 'tickets', label: 'Ticket', label_plural: 'Tickets', title_field: 'subject', may,
    fields: [
      field('number', 'Number', 'auto_number', { ...fixed, ...sortable }),
      field('subject', 'Subject', 'text', { required: true, searchable: true, max_chars: 255, ...sortable }),
      field('description', 'Description', 'rich_text', { searchable: true }),
      field('status', 'Status', 'choice', { required: true, ...sortable, choices: statuses.map(({ name, label }) => ({ name, label })) }),
      field('priority', 'Priority', 'choice', { ...sortable, choices: choices('low', 'medium', 'high', 'urgent') }),
      field('channel', 'Channel', 'choice', { ...fixed, choices: choices('email', 'phone', 'web', 'api', 'import') }),
      field('department', 'Department', 'link', { required: true, link_to: 'departments' }),
      field('contact', 'Contact', 'link', { link_to: 'contacts' }),
      field('account', 'Account', 'link', { link_to: 'accounts' }),
      field('owner', 'Owner', 'user'),
      field('due_at', 'Due', 'instant', sortable),
      field('closed_at', 'Closed', 'instant', { ...fixed, ...sortable }),
      field('is_overdue', 'Overdue', 'boolean', fixed),
      field('is_escalated', 'Escalated', 'boolean'),
      field('category', 'Category', 'text'),
      field('classification', 'Classification', 'choice', { choices: choices('question', 'problem', 'feature', 'other') }),
      field('language', 'Language', 'text'),
      field('email', 'E-mail', 'email'),
      field('phone', 'Phone', 'phone'),
      field('created_at', 'Created', 'instant', { ...fixed, ...sortable }),
      field('updated_at', 'Changed', 'instant', { ...fixed, ...sortable }),
      field('last_activity_at', 'Last activity', 'instant', { ...fixed, ...sortable }),
      field('last_word', 'Last word', 'text', fixed),
      field('last_word_by', 'Last word by', 'choice', { ...fixed, choices: choices('agent', 'customer') }),
      field('thread_count', 'Mails', 'number', fixed),
      field('comment_count', 'Comments', 'number', fixed),
      field('attachment_count', 'Attachments', 'number', fixed),
      field('send_failed', 'Not sent', 'boolean', fixed),
      field('shares', 'Shared with', 'tags', fixed),
      field('is_shared', 'Shared to others', 'boolean', fixed),
      field('resolution', 'Resolution', 'long_text'),
      field('order_number', 'Order number', 'text', { custom: true, searchable: true, max_chars: 40 }),
      field('purchase_on', 'Date of purchase', 'date', { custom: true }),
    ],
  },
  {
    name: 'contacts', label: 'Contact', label_plural: 'Contacts', title_field: 'last_name', may,
    fields: [
      field('first_name', 'First name', 'text', { searchable: true }),
      field('last_name', 'Last name', 'text', { required: true, searchable: true, ...sortable }),
      field('email', 'E-mail', 'email', { unique: true, searchable: true, ...sortable }),
      field('secondary_email', 'Second e-mail', 'email'), field('phone', 'Phone', 'phone'), field('mobile', 'Mobile', 'phone'),
      field('job_title', 'Job title', 'text'), field('account', 'Account', 'link', { link_to: 'accounts' }),
      field('description', 'Description', 'long_text'), ...place,
      field('created_at', 'Created', 'instant', { ...fixed, ...sortable }),
    ],
  },
  {
    name: 'accounts', label: 'Account', label_plural: 'Accounts', title_field: 'name', may,
    fields: [
      field('name', 'Name', 'text', { required: true, unique: true, searchable: true, ...sortable }),
      field('website', 'Website', 'url'), field('phone', 'Phone', 'phone'), field('fax', 'Fax', 'phone'),
      field('industry', 'Industry', 'text', sortable), field('description', 'Description', 'long_text'), ...place,
      field('code', 'Code', 'text'), field('created_at', 'Created', 'instant', { ...fixed, ...sortable }),
    ],
  },
  {
    name: 'departments', label: 'Department', label_plural: 'Departments', title_field: 'name', may,
    fields: [
      field('name', 'Name', 'text', { required: true, unique: true, ...sortable }),
      field('description', 'Description', 'long_text'),
      field('is_enabled', 'In use', 'boolean', { default: true }),
    ],
  },
];
