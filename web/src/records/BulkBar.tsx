import { ActionIcon, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import classes from './BulkBar.module.css';

interface BulkBarProps {
  count: number;
  onClear: () => void;
  /** The acts, as buttons. */
  children: ReactNode;
}

/** Floats over a list while rows are chosen. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const { t } = useText();
  if (count === 0) return null;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('records.bulk_bar')}>
      <Text size="sm" fw={500} className={classes.count}>{t('records.selected', { count })}</Text>
      {children}
      <ActionIcon className={classes.clear} aria-label={t('records.clear_selection')} onClick={onClear}><IconX size={16} /></ActionIcon>
    </div>
  );
}
