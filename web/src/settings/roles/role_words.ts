/** The rights in the order of the table. Modules other than tickets know only the first ones. */
export const module_rights = ['read', 'create', 'update', 'delete', 'restore', 'purge', 'bulk', 'import', 'export'];
export const ticket_rights = ['reply', 'forward', 'comment', 'comment_public', 'assign', 'change_status', 'move', 'share'];
export const duties = [
  'manage_people', 'manage_departments', 'manage_mailboxes', 'manage_fields', 'manage_api', 'manage_organisation',
  'read_audit_log',
];

/** What only Desk has to look after. */
export const desk_duties = ['manage_departments', 'manage_mailboxes'];

/** Takes a word into a list or out of it. */
export function toggled(words: string[], word: string): string[] {
  return words.includes(word) ? words.filter((each) => each !== word) : [...words, word];
}
