import { get } from '@/api';

export interface Colleague {
  id: string;
  name: string;
}

/** Colleagues who see the ticket and whose name holds `text`. */
export async function findColleagues(org: string, ticket: string, text: string): Promise<Colleague[]> {
  return (await get<{ agents: Colleague[] }>(`/desk/${org}/tickets/${ticket}/mentionable`, { text })).agents;
}

/** What is being typed after an @: the whole of it stands at the end of `before`. Null when nobody is being named. */
export function typedMention(before: string): string | null {
  return /(?:^|[\s(])@([\p{L}\p{M}\p{N}._-]{0,30})$/u.exec(before)?.[1] ?? null;
}

/** The names that a text mentions: "@" and a name, in bold, as the editor puts them in. */
export function namesMentioned(html: string): string[] {
  const bold = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('strong');
  const names = [...bold].map((part) => part.textContent.trim()).filter((text) => text.startsWith('@')).map((text) => text.slice(1));
  return [...new Set(names)];
}

/** Whom the server is to tell. Who sees the ticket no longer is left out. */
export async function agentsMentioned(org: string, ticket: string, html: string): Promise<string[]> {
  const found = await Promise.all(namesMentioned(html).map(async (name) =>
    (await findColleagues(org, ticket, name)).find((each) => each.name === name)?.id));
  return found.filter((id) => id !== undefined);
}
