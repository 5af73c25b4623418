import { keep, keys, recall } from '@/api';
import type { SlotFiles, Writing } from './writing';

// What the windows of one browser tell each other of drafts, and what a window keeps for itself while the server
// can't be reached or the session is over.

export const draftKey = (org: string, ticket: string) => [...keys.organisation(org), 'draft', ticket];

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('tandem.drafts');

/** Tells the other windows that my draft of a ticket is another one now. */
export function announceDraft(org: string, ticket: string): void {
  channel?.postMessage(`${org}.${ticket}`);
}

/** Calls `listener` when another window announces my draft of this ticket. Returns the way to stop. */
export function onDraftAnnounced(org: string, ticket: string, listener: () => void): () => void {
  const handleMessage = (event: MessageEvent<unknown>) => event.data === `${org}.${ticket}` && listener();
  channel?.addEventListener('message', handleMessage);
  return () => channel?.removeEventListener('message', handleMessage);
}

export interface Unsaved {
  writing: Writing;
  files: SlotFiles;
  /** Of the draft that it goes on from; null when it began as nothing. */
  revision: string | null;
}

/** Of one person, so that nobody who signs in after them reads it. */
export const unsavedKey = (org: string, person: string, ticket: string) => `tandem.unsaved.${org}.${person}.${ticket}`;

/** A full or forbidden store loses the copy alone, never the text on the screen. */
export function storeUnsaved(key: string, unsaved: Unsaved | null): void {
  keep('tab', key, unsaved === null ? null : JSON.stringify(unsaved));
}

export function readUnsaved(key: string): Unsaved | null {
  try {
    const text = recall('tab', key);
    if (text === null) return null;
    const unsaved: Unsaved = JSON.parse(text);
    return unsaved;
  } catch {
    return null;
  }
}
