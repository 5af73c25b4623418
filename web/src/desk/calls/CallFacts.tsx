import { Anchor } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import type { CallOfThread } from '@/api';
import { useText } from '@/i18n';
import { Badge } from '@/ui';
import { clockWords } from './call_clock';

const known_results = ['answered', 'missed', 'busy', 'voicemail'] as const;

/** Who called whom, how long, and how it ended. */
export function CallFacts({ call, direction, className }: { call: CallOfThread; direction: 'in' | 'out'; className?: string }) {
  const { t } = useText();
  const number = call.number === '' ? t('desk.call.unknown') : call.number;
  const result = known_results.find((word) => word === call.result);
  return (
    <div className={className}>
      <IconPhone size={15} aria-hidden="true" />
      <span>{t(direction === 'in' ? 'desk.call.fact_in' : 'desk.call.fact_out', { number })}</span>
      <span>{clockWords(call.seconds)}</span>
      {result !== undefined && <Badge tone={result === 'answered' ? 'good' : 'neutral'}>{t(`desk.call.${result}`)}</Badge>}
      {call.recording_url !== '' && (
        <Anchor href={call.recording_url} target="_blank" rel="noopener noreferrer" size="sm">{t('desk.call.recording')}</Anchor>
      )}
    </div>
  );
}
