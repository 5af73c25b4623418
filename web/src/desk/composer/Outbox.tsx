import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { beforeSignOut, keys, leaving_bytes_max, post, postSurely, toRefusal, useOrganisation } from '@/api';
import type { Attachment, SavedDraft } from '@/api';
import { useText } from '@/i18n';
import { useRefusalText, useToast } from '@/ui';
import { announceDraft, draftKey } from './draft_store';
import { heldKey, useHeldReplies } from './held_replies';
import type { HeldMail } from './held_replies';
import { HeldToast } from './HeldToast';
import type { Letter } from './letter';
import { addressOf, recipientsNamedIn } from './recipients';

export interface ReturnedLetter {
  ticket: string;
  letter: Letter;
  files: Attachment[];
  /** Of the draft that it was. */
  revision?: string | null;
  /** The recipients that the server named when it refused. */
  refused?: string[];
}

export interface NewMail extends ReturnedLetter {
  body: Record<string, unknown>;
}

interface Outbox {
  /** Hands a mail to the server, which holds it for as long as the person has chosen. */
  hold: (mail: NewMail) => void;
  /** Mails on their way to the server, and those that it holds. */
  held: HeldMail[];
  /** Makes a mail the draft that it was, and goes there. */
  undo: (mail: HeldMail) => void;
  /** The same, and stays where the person is. */
  putBack: (mail: HeldMail) => void;
  /** Whether the draft of this ticket was just taken back here, so that its writer goes on; asked once. */
  takeUndone: (ticket: string) => boolean;
  /** A letter that was not taken or was thrown away, and waits to be shown in its composer again. */
  returned: ReturnedLetter | null;
  takeReturned: () => void;
  giveBack: (letter: ReturnedLetter) => void;
}

const OutboxContext = createContext<Outbox | null>(null);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox is used outside Desk.');
  return outbox;
}

/** Hands mails over and takes them back. The server holds them: the page may be left meanwhile. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const org = useOrganisation();
  const navigate = useNavigate();
  const [returned, setReturned] = useState<ReturnedLetter | null>(null);
  const { going, hand, finish } = useHandingOver(setReturned);
  const waiting = useHeldReplies();
  const { undo, putBack, takeUndone } = useTakingBack();
  const held = useMemo(() => [...waiting, ...going], [waiting, going]);
  const refused = waiting.filter((mail) => mail.refusal !== null);
  // A wall of notices would hide the work: those that were refused are told one after the other.
  const noticed = waiting.filter((mail) => mail.refusal === null || mail === refused[0]);
  const giveBack = useCallback(
    (letter: ReturnedLetter) => {
      setReturned(letter);
      void navigate(`/desk/${org}/tickets/${letter.ticket}`);
    },
    [navigate, org],
  );
  useEffect(() => beforeSignOut(finish), [finish]);
  const outbox = useMemo<Outbox>(
    () => ({ hold: (mail) => void hand(mail), held, undo, putBack, takeUndone, returned, takeReturned: () => setReturned(null), giveBack }),
    [hand, held, undo, putBack, takeUndone, returned, giveBack],
  );
  return (
    <OutboxContext.Provider value={outbox}>
      {children}
      {noticed.map((mail) => (
        <HeldToast
          key={`${mail.key} ${mail.refusal === null}`} mail={mail} others={mail.refusal === null ? 0 : refused.length - 1}
          onUndo={() => undo(mail)} onPutBack={() => putBack(mail)}
        />
      ))}
    </OutboxContext.Provider>
  );
}

/** The moment between Send and the server's answer. What it refuses stands in the composer again. */
function useHandingOver(onRefused: (mail: ReturnedLetter) => void) {
  const { t } = useText();
  const refusalText = useRefusalText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const [going, setGoing] = useState<HeldMail[]>([]);
  const open = useRef(new Map<string, { bytes: number; done: Promise<boolean> }>());
  const send = useCallback(
    async (key: string, mail: NewMail) => {
      const refused = await postSurely(`/desk/${org}/tickets/${mail.ticket}/replies`, mail.body).then(() => null, (error: unknown) => ({ error }));
      announceDraft(org, mail.ticket);
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      // The mail is seen to wait or to be sent, and the draft is known to be gone, before it leaves this list.
      await Promise.allSettled([keys.record(org, 'tickets', mail.ticket), draftKey(org, mail.ticket), heldKey(org)]
        .map((queryKey) => cache.invalidateQueries({ queryKey })));
      setGoing((before) => before.filter((each) => each.key !== key));
      open.current.delete(key);
      if (refused === null) return true;
      const named = recipientsNamedIn(toRefusal(refused.error).message, [...mail.letter.to, ...mail.letter.cc, ...mail.letter.bcc]);
      const words = refusalText(refused.error);
      const address = addressOf(named[0] ?? '');
      toast.failed(words.includes(address) ? words : t('ui.error.at_field', { field: address, words }));
      onRefused({ ...mail, refused: named });
      return false;
    },
    [cache, onRefused, org, refusalText, t, toast],
  );
  const hand = useCallback(
    (mail: NewMail) => {
      const now = Date.now();
      const key = `going.${mail.ticket}.${now}`;
      setGoing((before) => [...before, { ...mail, key, id: null, about: null, due_at: now, is_going: true, refusal: null }]);
      open.current.set(key, { bytes: JSON.stringify(mail.body).length * 3, done: send(key, mail) });
    },
    [send],
  );
  useEffect(() => {
    const mails = open.current;
    // A long letter can't be sent from a page that is gone: ask to stay until the server has it.
    const handleBeforeLeave = (event: BeforeUnloadEvent) => {
      if ([...mails.values()].some(({ bytes }) => bytes > leaving_bytes_max)) event.preventDefault();
    };
    window.addEventListener('beforeunload', handleBeforeLeave);
    return () => window.removeEventListener('beforeunload', handleBeforeLeave);
  }, []);
  const finish = useCallback(async () => (await Promise.all([...open.current.values()].map(({ done }) => done))).every(Boolean), []);
  return { going, hand, finish };
}

function useTakingBack() {
  const org = useOrganisation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { t } = useText();
  const toast = useToast();
  const undone = useRef<string | null>(null);
  const takeBack = useCallback(
    async (mail: HeldMail) => {
      try {
        const { ticket_id, draft } = await post<{ ticket_id: string; draft: SavedDraft }>(`/desk/${org}/held_replies/${mail.id ?? ''}/undo`);
        cache.setQueryData(draftKey(org, ticket_id), draft);
        announceDraft(org, ticket_id);
        return ticket_id;
      } catch (error) {
        toast.refused(error);
        return null;
      } finally {
        void cache.invalidateQueries({ queryKey: heldKey(org) });
      }
    },
    [cache, org, toast],
  );
  const undo = useCallback(
    (mail: HeldMail) => void takeBack(mail).then((ticket) => {
      if (ticket === null) return;
      undone.current = ticket;
      void navigate(`/desk/${org}/tickets/${ticket}`);
    }),
    [navigate, org, takeBack],
  );
  const putBack = useCallback(
    (mail: HeldMail) => void takeBack(mail).then((ticket) => {
      if (ticket !== null && mail.about?.is_seen === true) toast.done(t('desk.compose.back_in_draft', { number: mail.about.number }));
    }),
    [t, takeBack, toast],
  );
  const takeUndone = useCallback((ticket: string) => {
    const is_undone = undone.current === ticket;
    if (is_undone) undone.current = null;
    return is_undone;
  }, []);
  return { undo, putBack, takeUndone };
}
