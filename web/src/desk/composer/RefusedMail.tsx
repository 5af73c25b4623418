import { Anchor, Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import type { MouseEvent } from 'react';
import { Refusal } from '@/api';
import { useText } from '@/i18n';
import { useRefusalText, useToast } from '@/ui';
import type { HeldMail } from './held_replies';

interface RefusedMailProps {
  mail: HeldMail;
  /** How many more could not leave. */
  others: number;
  address: string;
  onOpen: () => void;
  onUndo: () => void;
  onClose: () => void;
}

/** Says which ticket a mail was for that could not leave, and why. Closed, its text is the draft again. */
export function RefusedMail({ mail, others, address, onOpen, onUndo, onClose }: RefusedMailProps) {
  const { t } = useText();
  const toast = useToast();
  const refusalText = useRefusalText();
  const { about, refusal } = mail;
  const name = about === null ? '' : `#${about.number} ${about.subject}`;
  const handleOpen = (event: MouseEvent) => {
    event.preventDefault();
    onOpen();
  };
  const handleCopy = () => {
    const { body } = new DOMParser().parseFromString(mail.letter.html.replace(/<br>|<\/(p|li|blockquote)>/g, '$&\n'), 'text/html');
    void navigator.clipboard.writeText(body.textContent.trim()).then(() => toast.done(t('ui.copied')));
  };
  return (
    <Group align="flex-start" wrap="nowrap" gap="sm">
      <Stack gap={4} flex={1} miw={0} align="flex-start">
        <Text size="sm" fw={500}>{t('desk.compose.not_sent')}</Text>
        {about?.is_seen === true
          ? <Anchor size="sm" href={address} onClick={handleOpen} style={{ overflowWrap: 'anywhere' }}>{name}</Anchor>
          : <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{name}</Text>}
        {refusal !== null && <Text size="sm">{refusalText(new Refusal({ ...refusal, kind: 'conflict', faults: [] }))}</Text>}
        {others > 0 && <Text size="sm" c="dimmed">{t('desk.compose.not_sent_others', { count: others })}</Text>}
        {about?.is_seen === true
          ? <Button size="compact-sm" variant="default" mt={4} onClick={onUndo}>{t('desk.compose.back_to_draft')}</Button>
          : <Button size="compact-sm" variant="default" mt={4} onClick={handleCopy}>{t('desk.compose.kept.copy')}</Button>}
      </Stack>
      <CloseButton size="sm" flex="none" aria-label={t('ui.close')} onClick={onClose} />
    </Group>
  );
}
