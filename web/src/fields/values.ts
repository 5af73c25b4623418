// The server's untyped values, read by kind. What does not fit is taken as absent.

import type { Linked } from '@/api';

export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

export function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

export function asNames(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function asLinked(value: unknown): Linked | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const title = 'title' in value ? asText(value.title) : 'name' in value ? asText(value.name) : null;
  const email = 'email' in value ? asText(value.email) : null;
  const linked: Linked = { id: String(value.id), title: title ?? '' };
  return email === null ? linked : { ...linked, email };
}

/** What goes back to the server for a link: its id. */
export function linkedId(value: unknown): string | null {
  return typeof value === 'string' ? value : (asLinked(value)?.id ?? null);
}
