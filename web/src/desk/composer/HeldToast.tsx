import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useOrganisation } from '@/api';
import { useText } from '@/i18n';
import type { HeldMail } from './held_replies';
import { RefusedMail } from './RefusedMail';

interface HeldToastProps {
  mail: HeldMail;
  /** How many more were refused. */
  others: number;
  onUndo: () => void;
  onPutBack: () => void;
}

/** On its own ticket a held mail stands in the conversation; elsewhere a notice says that it waits, or could not leave. */
export function HeldToast(props: HeldToastProps) {
  const { mail, others } = props;
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const address = `/desk/${org}/tickets/${mail.ticket}`;
  const is_elsewhere = !useLocation().pathname.endsWith(`/tickets/${mail.ticket}`);
  const is_refused = mail.refusal !== null;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!is_elsewhere) return undefined;
    notifications.show({
      id: mail.key,
      autoClose: false,
      withCloseButton: false,
      // It stays until it is read, so it lies where it covers no heading.
      ...(is_refused ? { color: 'red.8', icon: <IconAlertTriangle size={16} />, position: 'bottom-right' as const } : {}),
      message: is_refused ? (
        <RefusedMail
          mail={latest.current.mail} others={others} address={address} onOpen={() => void navigate(address)} onUndo={() => latest.current.onUndo()}
          onClose={() => latest.current.onPutBack()}
        />
      ) : (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{t('desk.compose.sending')}</Text>
          <Button size="compact-sm" variant="default" flex="none" onClick={() => latest.current.onUndo()}>{t('ui.undo')}</Button>
        </Group>
      ),
    });
    return () => {
      notifications.hide(mail.key);
    };
  }, [address, is_elsewhere, is_refused, mail.key, mail.refusal?.code, navigate, others, t]);
  return null;
}
