import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp } from '@/api';
import { useText } from '@/i18n';
import { useCommands } from '@/ui';
import classes from './Bell.module.css';
import { NotificationPanel } from './NotificationPanel';
import { useNotifications } from './useNotifications';

const shown_count_max = 99;

/** How much I was told and have not read; opens the list. */
export function Bell() {
  const { t } = useText();
  const [is_open, setOpen] = useState(false);
  const notifications = useNotifications();
  const count = notifications.unread_count;
  const name = t(useApp() === 'desk' ? 'app.notifications.title' : 'signals.title');
  const label = count === 0 ? name : `${name}: ${t('app.notifications.unread', { count })}`;
  useCommands([
    { id: 'notifications', label: name, group: t('shortcuts.group_general'), keys: 'g n', icon: <IconBell size={16} />, run: () => setOpen(true) },
  ]);
  return (
    <>
      <span className="visually-hidden" role="status">{count === 0 ? '' : t('app.notifications.unread', { count })}</span>
      <Popover opened={is_open} onChange={setOpen} position="bottom-end" width="min(380px, calc(100vw - 16px))" trapFocus returnFocus shadow="md" offset={6}>
        <Popover.Target>
          <Tooltip label={name} disabled={is_open}>
            <ActionIcon size={32} aria-label={label} aria-haspopup="dialog" className={classes.bell} onClick={() => setOpen(!is_open)}>
              <IconBell size={18} stroke={1.7} />
              {count > 0 && (
                <span className={classes.count} aria-hidden="true">{count > shown_count_max ? `${shown_count_max}+` : count}</span>
              )}
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={name}>
          <NotificationPanel notifications={notifications} onClose={() => setOpen(false)} />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
