import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { get, put, Refusal, remove, useOrganisation } from '@/api';
import type { SavedDraft } from '@/api';

type Draft = Omit<SavedDraft, 'saved_at'>;
export type DraftState = { word: 'none' | 'saving' | 'failed' } | { word: 'saved'; at: string };

const rest_ms = 900;

const draftKey = (org: string, ticket: string) => ['desk', org, 'draft', ticket];

/** My unsent text of a ticket, as the server has it. */
export function useSavedDraft(ticket: string) {
  const org = useOrganisation();
  return useQuery({
    queryKey: draftKey(org, ticket),
    staleTime: 0,
    refetchOnWindowFocus: true,
    queryFn: async ({ signal }): Promise<SavedDraft | null> => {
      try {
        return await get<SavedDraft | null>(`/desk/${org}/tickets/${ticket}/draft`, {}, signal);
      } catch (error) {
        if (error instanceof Refusal && error.kind === 'not_found') return null;
        throw error;
      }
    },
  });
}

/** Keeps the text on the server while it is written: a moment after the last stroke, and when the page is left. */
export function useDraftKeeper(ticket: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const path = `/desk/${org}/tickets/${ticket}/draft`;
  const waiting = useRef<Draft | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const [state, setState] = useState<DraftState>({ word: 'none' });

  const flush = useCallback(() => {
    window.clearTimeout(timer.current);
    const draft = waiting.current;
    if (!draft) return;
    waiting.current = null;
    setState({ word: 'saving' });
    // One after the other, so that an older text never overtakes a newer one.
    last.current = last.current
      .then(() => put<SavedDraft>(path, draft))
      .then((saved) => {
        cache.setQueryData(draftKey(org, ticket), saved);
        setState({ word: 'saved', at: saved.saved_at });
      })
      .catch(() => {
        waiting.current ??= draft;
        setState({ word: 'failed' });
      });
  }, [cache, org, path, ticket]);
  const keep = useCallback(
    (draft: Draft) => {
      waiting.current = draft;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(flush, rest_ms);
    },
    [flush],
  );
  /** Throws the text away, here and on the server. A mail that goes out does that by itself. */
  const drop = useCallback(
    (where: 'here' | 'everywhere') => {
      window.clearTimeout(timer.current);
      waiting.current = null;
      setState({ word: 'none' });
      cache.setQueryData(draftKey(org, ticket), null);
      if (where === 'everywhere') last.current = last.current.then(() => remove(path)).catch(() => undefined);
    },
    [cache, org, path, ticket],
  );
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);
  return { keep, drop, flush, state, has_unsaved: () => waiting.current !== null };
}
