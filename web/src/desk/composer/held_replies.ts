import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { get, keys, useEvents, useOrganisation } from '@/api';
import type { Attachment, HeldReply } from '@/api';
import { onDraftAnnounced } from './draft_store';
import { letterFromDraft } from './letter';
import type { Letter } from './letter';

/** A mail that waits until `due_at`, or is being handed to the server. */
export interface HeldMail {
  key: string;
  /** On the server; null while it is handed over. */
  id: string | null;
  ticket: string;
  /** What the ticket is called, and whether it can be opened; null while the mail is handed over. */
  about: { number: number; subject: string; is_seen: boolean } | null;
  letter: Letter;
  files: Attachment[];
  due_at: number;
  is_going: boolean;
  /** Why it could not leave. */
  refusal: HeldReply['refusal'];
}

export const heldKey = (org: string) => [...keys.organisation(org), 'held_replies'];

/** So often a reply whose time is over is looked for. */
const going_poll_ms = 700;
const after_due_ms = 300;

function heldMail(reply: HeldReply): HeldMail {
  const { id, ticket_id, ticket_number, ticket_subject, is_ticket_seen, text, due_in_ms, refusal } = reply;
  return {
    key: `held.${id}`, id, ticket: ticket_id, about: { number: ticket_number, subject: ticket_subject, is_seen: is_ticket_seen }, letter: letterFromDraft(text), files: text.files ?? [],
    due_at: Date.now() + due_in_ms, is_going: false, refusal,
  };
}

/** My replies that the server holds, in whatever window they were written; each is gone from here once it left. */
export function useHeldReplies(): HeldMail[] {
  const org = useOrganisation();
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: heldKey(org),
    staleTime: 0,
    refetchOnWindowFocus: true,
    queryFn: async ({ signal }) => (await get<{ held: HeldReply[] }>(`/desk/${org}/held_replies`, {}, signal)).held.map(heldMail),
    refetchInterval: ({ state }) => {
      const waiting = (state.data ?? []).filter((mail) => mail.refusal === null);
      if (waiting.length === 0) return false;
      const left = Math.min(...waiting.map((mail) => mail.due_at)) - Date.now();
      return left > 0 ? left + after_due_ms : going_poll_ms;
    },
  });
  const held = query.data ?? none;
  const tickets = held.map((mail) => mail.ticket).join(' ');
  // What another window put back into its draft is gone from here, too.
  useEffect(() => {
    const stops = tickets.split(' ').map((ticket) => onDraftAnnounced(org, ticket, () => void cache.invalidateQueries({ queryKey: heldKey(org) })));
    return () => stops.forEach((stop) => stop());
  }, [cache, org, tickets]);
  useEvents((change) => {
    if (change.module === 'tickets' && held.some((mail) => mail.ticket === change.id)) void cache.invalidateQueries({ queryKey: heldKey(org) });
  });
  const before = useRef(none);
  useEffect(() => {
    for (const mail of before.current.filter((each) => !held.some(({ key }) => key === each.key)))
      void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', mail.ticket) });
    before.current = held;
  }, [cache, held, org]);
  return held;
}

const none: HeldMail[] = [];
