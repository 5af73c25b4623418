import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { keys, leaving_bytes_max, post, postWhileLeaving, useOrganisation } from '@/api';
import type { Attachment } from '@/api';
import { useText } from '@/i18n';
import { useToast } from '@/ui';
import type { Letter } from './letter';

/** How long a mail is held back for those who change their mind. */
const hold_ms = 5_000;

export interface HeldLetter {
  ticket: string;
  body: Record<string, unknown>;
  letter: Letter;
  files: Attachment[];
}

interface Outbox {
  hold: (held: HeldLetter) => void;
  /** A letter that was taken back and waits to be shown in its composer again. */
  returned: HeldLetter | null;
  takeReturned: () => void;
  holds: (ticket: string) => boolean;
}

const OutboxContext = createContext<Outbox | null>(null);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error('useOutbox is used outside Desk.');
  return outbox;
}

/** Holds mails for a moment, so that they can be taken back. Who leaves the page sends them at once. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const waiting = useRef(new Map<string, { held: HeldLetter; timer: number }>());
  const [returned, setReturned] = useState<HeldLetter | null>(null);

  const send = useCallback(
    async (key: string) => {
      const entry = waiting.current.get(key);
      if (!entry) return;
      waiting.current.delete(key);
      window.clearTimeout(entry.timer);
      notifications.hide(key);
      try {
        await post(`/desk/${org}/tickets/${entry.held.ticket}/replies`, entry.held.body);
      } catch (error) {
        toast.refused(error);
        setReturned(entry.held);
      } finally {
        void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', entry.held.ticket) });
        void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      }
    },
    [cache, org, toast],
  );
  const hold = useCallback(
    (held: HeldLetter) => {
      const key = `held.${held.ticket}.${Date.now()}`;
      const handleUndo = () => {
        const entry = waiting.current.get(key);
        waiting.current.delete(key);
        window.clearTimeout(entry?.timer);
        notifications.hide(key);
        if (!entry) return;
        setReturned(held);
        void navigate(`/desk/${org}/tickets/${held.ticket}`);
      };
      waiting.current.set(key, { held, timer: window.setTimeout(() => void send(key), hold_ms) });
      notifications.show({
        id: key,
        autoClose: false,
        withCloseButton: false,
        message: (
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm">{t('desk.compose.sending')}</Text>
            <Button size="compact-sm" variant="default" onClick={handleUndo}>{t('ui.undo')}</Button>
          </Group>
        ),
      });
    },
    [navigate, org, send, t],
  );
  useEffect(() => {
    const entries = waiting.current;
    const handleLeave = () => {
      for (const [key, { held, timer }] of entries) {
        window.clearTimeout(timer);
        entries.delete(key);
        postWhileLeaving(`/desk/${org}/tickets/${held.ticket}/replies`, held.body);
      }
    };
    // A long letter can't be sent from a page that is gone: ask to stay for the few seconds.
    const handleBeforeLeave = (event: BeforeUnloadEvent) => {
      const bytes = [...entries.values()].reduce((sum, { held }) => sum + JSON.stringify(held.body).length * 3, 0);
      if (bytes > leaving_bytes_max) event.preventDefault();
    };
    window.addEventListener('pagehide', handleLeave);
    window.addEventListener('beforeunload', handleBeforeLeave);
    return () => {
      window.removeEventListener('pagehide', handleLeave);
      window.removeEventListener('beforeunload', handleBeforeLeave);
      for (const key of [...entries.keys()]) void send(key);
    };
  }, [org, send]);
  const outbox = useMemo<Outbox>(
    () => ({
      hold, returned,
      takeReturned: () => setReturned(null),
      holds: (ticket) => [...waiting.current.values()].some(({ held }) => held.ticket === ticket),
    }),
    [hold, returned],
  );
  return <OutboxContext.Provider value={outbox}>{children}</OutboxContext.Provider>;
}
