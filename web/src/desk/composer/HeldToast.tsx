import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useText } from '@/i18n';
import type { HeldMail } from './held_replies';

/** On its own ticket a held mail stands in the conversation; elsewhere a notice says that it waits, or could not leave. */
export function HeldToast({ mail, onUndo }: { mail: HeldMail; onUndo: () => void }) {
  const { t } = useText();
  const is_elsewhere = !useLocation().pathname.endsWith(`/tickets/${mail.ticket}`);
  const is_refused = mail.refusal !== null;
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
      ...(is_refused ? { color: 'red.8', icon: <IconAlertTriangle size={16} /> } : {}),
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{t(is_refused ? 'desk.compose.not_sent' : 'desk.compose.sending')}</Text>
          <Button size="compact-sm" variant="default" flex="none" onClick={() => latest.current()}>{t(is_refused ? 'desk.compose.back_to_draft' : 'ui.undo')}</Button>
        </Group>
      ),
    });
    return () => {
      notifications.hide(mail.key);
    };
  }, [is_elsewhere, is_refused, mail.key, t]);
  return null;
}
