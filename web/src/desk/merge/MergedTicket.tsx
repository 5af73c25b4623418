import { Button, Skeleton } from '@mantine/core';
import { IconArrowsJoin } from '@tabler/icons-react';
import { Link, Navigate, useLocation } from 'react-router';
import { useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { useRecord } from '@/records';
import { EmptyState } from '@/ui';
import classes from './Merge.module.css';

/** A merged ticket opens the one that it has become a part of, with a note. Who may not see that one is told so. */
export function MergedTicket({ ticket, queue_address }: { ticket: RecordData; queue_address: string }) {
  const { t } = useText();
  const org = useOrganisation();
  const target = asText(ticket.merged_into) ?? '';
  const number = asText(ticket.number) ?? '';
  const query = useRecord('tickets', target);
  if (query.data) return <Navigate to={`/desk/${org}/tickets/${target}`} replace state={{ merged_from: number }} />;
  if (query.isPending) return <Skeleton height={120} m="lg" radius="md" />;
  return (
    <EmptyState
      icon={<IconArrowsJoin size={22} />}
      title={t('merge.gone', { number })}
      title_as="h1"
      action={<Button component={Link} to={queue_address} variant="default">{t('desk.back_to_queue')}</Button>}
    >
      {t('merge.gone_help')}
    </EmptyState>
  );
}

/** The number that the history keeps of the ticket that was asked for. */
function mergedFrom(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('merged_from' in state)) return null;
  return typeof state.merged_from === 'string' ? state.merged_from : null;
}

/** Why this ticket opened in place of the one that was asked for. */
export function MergedNote() {
  const { t } = useText();
  const merged_from = mergedFrom(useLocation().state);
  if (merged_from === null) return null;
  return (
    <div className={classes.note} role="note">
      <IconArrowsJoin size={16} aria-hidden="true" />
      <span>{t('merge.opened_instead', { number: merged_from })}</span>
    </div>
  );
}
