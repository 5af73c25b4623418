import { IconInbox } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { condition, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { RecordTable, useRecords } from '@/records';
import type { Column } from '@/records';
import { EmptyState } from '@/ui';
import { TicketCard } from '../queue/TicketCard';
import { useTicketColumns } from '../queue/useTicketColumns';

const columns_shown = ['subject', 'status', 'priority', 'owner', 'due_at'];

/** Beside the properties there is less room than in the queue. */
function narrower(column: Column): Column {
  return column.name === 'subject' ? { ...column, width: 200 } : column;
}

/** The tickets of a contact or an account. */
export function RelatedTickets({ field, id }: { field: string; id: string }) {
  const { t } = useText();
  const org = useOrganisation();
  const [sort, setSort] = useState<string | null>('-created_at');
  const query = useMemo(() => ({ filter: condition(field, 'is', id), sort }), [field, id, sort]);
  const list = useRecords('tickets', query);
  const columns = useTicketColumns().filter((column) => columns_shown.includes(column.name)).map(narrower);
  return (
    <RecordTable
      label={t('desk.tickets')}
      list={list}
      columns={columns}
      hrefOf={(record) => `/desk/${org}/tickets/${record.id}`}
      sort={sort}
      onSort={setSort}
      empty={<EmptyState icon={<IconInbox size={22} />} title={t('desk.no_tickets')}>{t('desk.no_tickets_help')}</EmptyState>}
      card={(record) => <TicketCard ticket={record} href={`/desk/${org}/tickets/${record.id}`} />}
      tall
    />
  );
}
