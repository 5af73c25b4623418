/** What an entry of the audit log adds in its detail, as a line without words of any language. */
export function detailWords(what: string, detail: unknown): string {
  if (detail === null || detail === undefined) return '';
  const text = typeof detail === 'object' ? listed(detail) : String(detail);
  if (what.startsWith('role_')) return text.replace(/: \{.*$/s, '');
  if (what === 'member_role_changed') return text.replace(/: (.*) to (.*)$/, ': $1 → $2');
  if (what === 'member_invited' || what === 'member_added') return text.replace(/ as (.*)$/, ', $1').replace(/ again$/, '');
  return text;
}

function listed(detail: object): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}
