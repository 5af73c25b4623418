import { Tooltip } from '@mantine/core';
import { useFormat } from './format';
import { useNow } from './useNow';

/** "3 hours ago", with the exact time in a tooltip and in the markup. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const format = useFormat();
  const now = useNow();
  return (
    <Tooltip label={format.instant(at)}>
      <time dateTime={at} className={className}>{format.relative(at, now)}</time>
    </Tooltip>
  );
}
