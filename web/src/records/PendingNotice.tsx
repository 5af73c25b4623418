import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useText } from '@/i18n';
import classes from './RecordTable.module.css';
import type { Records } from './useRecordPages';

/** "3 new": what came since the list was read. The list moves only when this is pressed. */
export function PendingNotice({ list }: { list: Records }) {
  const { t } = useText();
  return (
    <div className={classes.pending} role="status">
      {list.pending_count > 0 && (
        <Button
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} />}
          onClick={() => list.reload()}
        >
          {t('records.pending', { count: list.pending_count })}
        </Button>
      )}
    </div>
  );
}
