// A new ticket that is not sent yet. It is kept for the tab, so that a key pressed by mistake costs nothing.

import { keep, recallJson } from '@/api';
import type { Attachment, Linked } from '@/api';

export interface TicketDraft {
  values: Record<string, unknown>;
  contact: Linked | null;
  files: Attachment[];
}

const memory_key = 'tandem.new_ticket';

/** Tells the drafts apart: each is of one person, and a ticket begun at a contact is another one. */
export function draftPlace(org: string, person: string, contact?: string): string {
  return [org, person, contact].filter((part) => part !== undefined).join('.');
}

export function keepTicketDraft(place: string, draft: TicketDraft | null): void {
  keep('tab', `${memory_key}.${place}`, draft === null ? null : JSON.stringify(draft));
}

export function recallTicketDraft(place: string): TicketDraft | null {
  const value = recallJson('tab', `${memory_key}.${place}`);
  return isDraft(value) ? value : null;
}

/** Something was written that would have to be written again. */
export function isWorthKeeping(draft: TicketDraft): boolean {
  const written = ['subject', 'description'].some((name) => textOf(draft.values[name]) !== '');
  return written || draft.files.length > 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/<[^>]*>/g, '').trim() : '';
}

function isDraft(value: unknown): value is TicketDraft {
  return typeof value === 'object' && value !== null && 'values' in value && 'contact' in value && 'files' in value && Array.isArray(value.files);
}
