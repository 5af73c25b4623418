import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconSend2 } from '@tabler/icons-react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { Keys } from '@/ui';
import { useStatuses } from '../common/useStatuses';
import { AfterCloseItems } from '../ticket/AfterCloseItems';
import classes from './Composer.module.css';

interface SendButtonProps {
  ticket: RecordData;
  is_busy: boolean;
  onSend: (status: string | null) => void;
}

/** Sends; beside it, sending that closes or parks the ticket in the same act. */
export function SendButton({ ticket, is_busy, onSend }: SendButtonProps) {
  const { t } = useText();
  const statuses = useStatuses();
  const others = statuses.all.filter((status) => status.name !== ticket.status && (status.type !== 'closed' || ticket.may.includes('close')));
  const may_change = ticket.may.includes('change_status') && others.length > 0;
  return (
    <Button.Group>
      <Button leftSection={<IconSend2 size={16} />} disabled={is_busy} onClick={() => onSend(null)} className={may_change ? classes.sendLeft : undefined}>
        {t('desk.compose.send')}
      </Button>
      {may_change && (
        <Menu position="top-end" width={280}>
          <Menu.Target>
            <ActionIcon className={classes.sendMore} variant="filled" color="accent" disabled={is_busy} aria-label={t('desk.compose.send_more')}>
              <IconChevronDown size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item rightSection={<Keys keys="mod+enter" />} onClick={() => onSend(null)}>{t('desk.compose.send')}</Menu.Item>
            {others.map((status) => (
              <Menu.Item key={status.name} onClick={() => onSend(status.name)}>
                {status.type === 'closed' ? t('desk.compose.send_close') : t('desk.compose.send_status', { status: status.label })}
              </Menu.Item>
            ))}
            <AfterCloseItems />
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}
