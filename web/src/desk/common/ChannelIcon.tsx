import { Tooltip } from '@mantine/core';
import { IconCode, IconDatabaseImport, IconMail, IconMessage, IconPhone, IconWorld } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useOptionalText } from '@/i18n';
import classes from './common.module.css';

const icons: Record<string, Icon> = {
  email: IconMail, phone: IconPhone, web: IconWorld, api: IconCode, import: IconDatabaseImport,
};

/** How a ticket or a message came in, as a sign with its word. */
export function ChannelIcon({ channel, size = 14 }: { channel: string; size?: number }) {
  const text = useOptionalText();
  const Sign = icons[channel] ?? IconMessage;
  const label = text(`choice.any.${channel}`, channel);
  return (
    <Tooltip label={label}>
      <span className={classes.channel} role="img" aria-label={label}><Sign size={size} stroke={1.8} aria-hidden="true" /></span>
    </Tooltip>
  );
}
