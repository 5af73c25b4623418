export interface TypedPerson {
  first_name: string | null;
  last_name: string | null;
  email: string | null;
}

/** What somebody typed into a search for a person, as the first words of a new contact. */
export function personFromTyped(typed: string): TypedPerson {
  const email = /[^\s<>,;]+@[^\s<>,;]+/.exec(typed)?.[0] ?? null;
  const name = typed.replace(email ?? '', '').replace(/[<>,;"]/g, ' ').trim();
  const words = name.split(/[\s\u3000]+/).filter((word) => word !== '');
  const first = words.slice(0, -1).join(' ');
  const guess = email?.split('@')[0] ?? null;
  return { first_name: first === '' ? null : first, last_name: words[words.length - 1] ?? guess, email };
}
