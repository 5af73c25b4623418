import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { get, keys, put, remove, toRefusal, useConnectionState, useEvents, useMeta, useOrganisation } from '@/api';
import type { SavedDraft } from '@/api';
import { announceDraft, draftKey, onDraftAnnounced, readUnsaved, storeUnsaved, unsavedKey } from './draft_store';
import type { Unsaved } from './draft_store';
import type { LetterKind } from './letter';
import { contentOf, draftOf, isNothing, storableDraft } from './writing';
import type { SlotFiles, Writing } from './writing';

/** `conflict`: another window has saved since; nothing is saved until somebody chooses. `refused`: it may not be sent. */
export type DraftState = { word: 'none' | 'saving' | 'failed' | 'conflict' } | { word: 'saved'; at: string } | { word: 'refused'; error: unknown };

const rest_ms = 900;
const retry_ms = 4_000;
/** So many of the texts that this window has sent are known again. */
const own_max = 5;

/** My unsent texts of a ticket, as the server has them; null when there are none. Other windows are heard of. */
export function useSavedDraft(ticket: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const readAgain = useCallback(() => void cache.invalidateQueries({ queryKey: draftKey(org, ticket) }), [cache, org, ticket]);
  useEffect(() => onDraftAnnounced(org, ticket, readAgain), [org, ticket, readAgain]);
  useEvents((change) => change.module === 'tickets' && change.id === ticket && readAgain());
  return useQuery({
    queryKey: draftKey(org, ticket),
    staleTime: 0,
    refetchOnWindowFocus: true,
    // Refused when the ticket is out of sight: that says nothing about the draft, which stays on the screen.
    queryFn: ({ signal }) => get<SavedDraft | null>(`/desk/${org}/tickets/${ticket}/draft`, {}, signal),
  });
}

/**
 * Keeps the texts on the server while they are written: a moment after the last stroke, and when the page is left.
 * What is not saved yet lies in the window, too, so that neither an ended session nor a reload takes it.
 * While `is_paused` a mail made of the draft is on its way: saving would make it another draft. What is none of `kinds`
 * may not be sent: the server takes no new words of it, and they stay in the window.
 */
export function useDraftKeeper(ticket: string, is_paused: boolean, kinds: LetterKind[]) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const unsaved_key = unsavedKey(org, useMeta().me.agent_id, ticket);
  const path = `/desk/${org}/tickets/${ticket}/draft`;
  const waiting = useRef<Omit<Unsaved, 'revision'> | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const known = useRef<string | null>(null);
  const in_flight = useRef(0);
  const drops = useRef(0);
  /** Drafts that the server was told to forget, and may still show. */
  const drops_on_way = useRef(0);
  const own = useRef<string[]>([]);
  const is_stopped = useRef(false);
  const paused = useRef(is_paused);
  const sendable = useRef(kinds);
  const [state, setState] = useState<DraftState>({ word: 'none' });
  const connection = useConnectionState();

  const flush = useCallback(() => {
    window.clearTimeout(timer.current);
    const writing = waiting.current;
    if (!writing || paused.current || is_stopped.current) return;
    const whole = draftOf(writing.writing, writing.files);
    const draft = storableDraft(whole, cache.getQueryData<SavedDraft | null>(draftKey(org, ticket)) ?? null, sendable.current);
    if (draft === null) return setState({ word: 'none' });
    const is_whole = contentOf(draft) === contentOf(whole);
    waiting.current = null;
    in_flight.current += 1;
    const begun = drops.current;
    setState({ word: 'saving' });
    const handleSaved = async (saved: SavedDraft) => {
      if (begun !== drops.current) return;
      known.current = saved.revision;
      await cache.cancelQueries({ queryKey: draftKey(org, ticket) });
      cache.setQueryData(draftKey(org, ticket), saved);
      if (waiting.current === null) storeUnsaved(unsaved_key, is_whole ? null : { ...writing, revision: saved.revision });
      setState({ word: 'saved', at: saved.saved_at });
      announceDraft(org, ticket);
    };
    own.current = [...own.current, contentOf(draft)].slice(-own_max);
    const handleChanged = async () => {
      const now = await get<SavedDraft | null>(path);
      if (now === null || !own.current.includes(contentOf(now))) {
        is_stopped.current = true;
        setState({ word: 'conflict' });
        void cache.invalidateQueries({ queryKey: draftKey(org, ticket) });
      } else {
        // It was this window: the answer to an earlier save was lost, or the page was left before it came.
        known.current = now.revision;
        cache.setQueryData(draftKey(org, ticket), now);
        timer.current = window.setTimeout(flush);
      }
    };
    const handleFailed = async (error: unknown) => {
      if (begun !== drops.current) return;
      waiting.current ??= writing;
      const { code, kind } = toRefusal(error);
      if (code === 'draft_changed') return handleChanged();
      if (kind === 'forbidden') {
        setState({ word: 'refused', error });
        void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket) });
        return undefined;
      }
      setState({ word: 'failed' });
      if (['unreachable', 'busy'].includes(kind)) timer.current = window.setTimeout(flush, retry_ms);
    };
    // One after the other, so that an older text never overtakes a newer one.
    last.current = last.current
      .then(() => put<SavedDraft>(path, { ...draft, revision: known.current }))
      .then(handleSaved, handleFailed)
      .catch(() => setState({ word: 'failed' }))
      .finally(() => {
        in_flight.current -= 1;
      });
  }, [cache, org, path, ticket, unsaved_key]);
  const keep = useCallback(
    (writing: Writing, files: SlotFiles) => {
      // Nothing is not made a draft; where the server has one, it is told that nothing is left of it.
      if (known.current === null && in_flight.current === 0 && isNothing(writing, files)) {
        window.clearTimeout(timer.current);
        waiting.current = null;
        storeUnsaved(unsaved_key, null);
        setState((now) => (now.word === 'conflict' ? now : { word: 'none' }));
        return;
      }
      waiting.current = { writing, files };
      storeUnsaved(unsaved_key, { writing, files, revision: known.current });
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(flush, rest_ms);
    },
    [flush, unsaved_key],
  );
  /** Forgets what is not saved; `everywhere` also what the server has. A mail that goes out does that by itself. */
  const drop = useCallback(
    (where: 'here' | 'everywhere') => {
      window.clearTimeout(timer.current);
      waiting.current = null;
      is_stopped.current = false;
      storeUnsaved(unsaved_key, null);
      setState({ word: 'none' });
      if (where === 'here') return;
      drops.current += 1;
      drops_on_way.current += 1;
      known.current = null;
      cache.setQueryData(draftKey(org, ticket), null);
      const handleForgotten = async () => {
        // What was read meanwhile is from before.
        await cache.cancelQueries({ queryKey: draftKey(org, ticket) });
        cache.setQueryData(draftKey(org, ticket), null);
        announceDraft(org, ticket);
      };
      last.current = last.current.then(() => remove(path)).then(handleForgotten).catch(() => undefined).finally(() => {
        drops_on_way.current -= 1;
        void cache.invalidateQueries({ queryKey: draftKey(org, ticket) });
      });
    },
    [cache, org, path, ticket, unsaved_key],
  );
  /** From here on the text on the screen is that of this revision. */
  const adopt = useCallback((revision: string | null) => {
    known.current = revision;
    is_stopped.current = false;
    setState((now) => (now.word === 'conflict' ? { word: 'none' } : now));
  }, []);
  useEffect(() => {
    paused.current = is_paused;
  }, [is_paused]);
  const kind_words = kinds.join(' ');
  useEffect(() => {
    sendable.current = kinds;
    // What waits because it was refused may be taken now, or the rest of it.
    flush();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- The list is another one each time it is drawn.
  }, [kind_words, flush]);
  useEffect(() => {
    if (connection === 'live') flush();
  }, [connection, flush]);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
      window.clearTimeout(timer.current);
    };
  }, [flush]);
  return {
    keep, drop, flush, adopt, state,
    has_unsaved: () => waiting.current !== null || in_flight.current > 0,
    /** What the server shows may be what it was told to forget. */
    is_dropping: () => drops_on_way.current > 0,
    revision: () => known.current,
    /** What a window has kept for itself, of this person. */
    unsaved: () => {
      const found = readUnsaved(unsaved_key);
      if (found) own.current.push(contentOf(draftOf(found.writing, found.files)));
      return found;
    },
    /** The revision when everything that is on its way has arrived. */
    settled: () => last.current.then(() => known.current),
  };
}
