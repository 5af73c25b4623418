import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { beforeSignOut, keys, leaving_bytes_max, post, postWhileLeaving, useOrganisation } from '@/api';
import type { Attachment } from '@/api';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import { announceDraft, draftKey } from './draft_store';
import type { Letter } from './letter';

/** How long a mail is held back for those who change their mind. */
const hold_ms = 5_000;

export interface ReturnedLetter {
  ticket: string;
  letter: Letter;
  files: Attachment[];
  /** Of the draft that it was. */
  revision?: string | null;
}

export interface NewMail extends ReturnedLetter {
  body: Record<string, unknown>;
}

/** A mail that waits until `due_at`, or is being handed to the server. */
export interface HeldMail extends NewMail {
  key: string;
  due_at: number;
  is_going: boolean;
}

interface Outbox {
  hold: (mail: NewMail) => void;
  held: HeldMail[];
  undo: (key: string) => void;
  /** A letter that was taken back and waits to be shown in its composer again. */
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

/** Holds mails for a moment, so that they can be taken back. Who leaves the page sends them at once. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [held, setHeld] = useState<HeldMail[]>([]);
  const waiting = useRef(new Map<string, { mail: HeldMail; timer: number }>());
  const [returned, setReturned] = useState<ReturnedLetter | null>(null);

  const take = useCallback((key: string) => {
    const entry = waiting.current.get(key);
    waiting.current.delete(key);
    window.clearTimeout(entry?.timer);
    return entry?.mail;
  }, []);
  const send = useCallback(
    async (key: string) => {
      const mail = take(key);
      if (!mail) return true;
      setHeld((before) => before.map((each) => (each.key === key ? { ...each, is_going: true } : each)));
      const refused = await post(`/desk/${org}/tickets/${mail.ticket}/replies`, mail.body).then(() => null, (error: unknown) => ({ error }));
      announceDraft(org, mail.ticket);
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      // The mail stands in the conversation, and the draft is known to be gone, before it leaves the outbox.
      await Promise.allSettled([keys.record(org, 'tickets', mail.ticket), draftKey(org, mail.ticket)]
        .map((queryKey) => cache.invalidateQueries({ queryKey })));
      setHeld((before) => before.filter((each) => each.key !== key));
      if (refused === null) return true;
      toast.refused(refused.error);
      setReturned(mail);
      return false;
    },
    [cache, org, take, toast],
  );
  const giveBack = useCallback(
    (letter: ReturnedLetter) => {
      setReturned(letter);
      void navigate(`/desk/${org}/tickets/${letter.ticket}`);
    },
    [navigate, org],
  );
  const undo = useCallback(
    (key: string) => {
      const mail = take(key);
      if (!mail) return;
      setHeld((before) => before.filter((each) => each.key !== key));
      giveBack(mail);
    },
    [giveBack, take],
  );
  const hold = useCallback(
    (mail: NewMail) => {
      const now = Date.now();
      const entry = { ...mail, key: `held.${mail.ticket}.${now}`, due_at: now + hold_ms, is_going: false };
      waiting.current.set(entry.key, { mail: entry, timer: window.setTimeout(() => void send(entry.key), hold_ms) });
      setHeld((before) => [...before, entry]);
    },
    [send],
  );
  useEffect(() => {
    const entries = waiting.current;
    const handleLeave = () => {
      for (const key of [...entries.keys()]) {
        const mail = take(key);
        if (mail) postWhileLeaving(`/desk/${org}/tickets/${mail.ticket}/replies`, mail.body);
      }
    };
    // A long letter can't be sent from a page that is gone: ask to stay for the few seconds.
    const handleBeforeLeave = (event: BeforeUnloadEvent) => {
      const bytes = [...entries.values()].reduce((sum, { mail }) => sum + JSON.stringify(mail.body).length * 3, 0);
      if (bytes > leaving_bytes_max) event.preventDefault();
    };
    const stopWaiting = beforeSignOut(async () => (await Promise.all([...entries.keys()].map(send))).every(Boolean));
    window.addEventListener('pagehide', handleLeave);
    window.addEventListener('beforeunload', handleBeforeLeave);
    return () => {
      stopWaiting();
      window.removeEventListener('pagehide', handleLeave);
      window.removeEventListener('beforeunload', handleBeforeLeave);
      for (const key of [...entries.keys()]) void send(key);
    };
  }, [org, send, take]);
  const outbox = useMemo<Outbox>(
    () => ({ hold, held, undo, returned, takeReturned: () => setReturned(null), giveBack }),
    [hold, held, undo, returned, giveBack],
  );
  return (
    <OutboxContext.Provider value={outbox}>
      {children}
      {held.map((mail) => !mail.is_going && <HeldToast key={mail.key} mail={mail} onUndo={() => undo(mail.key)} />)}
    </OutboxContext.Provider>
  );
}

/** On its own ticket a held mail stands in the conversation; elsewhere a notice says that it waits. */
function HeldToast({ mail, onUndo }: { mail: HeldMail; onUndo: () => void }) {
  const { t } = useText();
  const is_elsewhere = !useLocation().pathname.endsWith(`/tickets/${mail.ticket}`);
  const latest = useRef(onUndo);
  useEffect(() => {
    latest.current = onUndo;
  });
  useEffect(() => {
    if (!is_elsewhere) return undefined;
    notifications.show({
      id: mail.key,
      autoClose: false,
      withCloseButton: false,
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{t('desk.compose.sending')}</Text>
          <Button size="compact-sm" variant="default" onClick={() => latest.current()}>{t('ui.undo')}</Button>
        </Group>
      ),
    });
    return () => {
      notifications.hide(mail.key);
    };
  }, [is_elsewhere, mail.key, t]);
  return null;
}
