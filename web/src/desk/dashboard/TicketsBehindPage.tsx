import { IconInbox } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { useMeta, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { RecordTable } from '@/records';
import { EmptyState, Page, useFormat } from '@/ui';
import { TicketCard } from '../queue/TicketCard';
import { useTicketColumns } from '../queue/useTicketColumns';
import classes from './Dashboard.module.css';
import { useTicketsBehind } from './useDashboard';
import { useTicketChoice } from './useKeyLabels';

const columns_shown = ['subject', 'status', 'priority', 'owner', 'due_at', 'last_word'];
const without_period = ['open', 'unassigned', 'overdue'];

/** The tickets that a figure counts. What is counted stands in the address. */
export function TicketsBehindPage() {
  const { t } = useText();
  const format = useFormat();
  const org = useOrganisation();
  const [address] = useSearchParams();
  const list = useTicketsBehind(address.toString());
  const columns = useTicketColumns()
    .filter((column) => columns_shown.includes(column.name))
    .map((column) => ({ ...column, sort: undefined }));
  const title = t(`dashboard.${address.get('figure') ?? 'created'}`);
  const words = useWords(address);
  const dashboard = new URLSearchParams();
  for (const name of ['from', 'until', 'department']) if (address.has(name)) dashboard.set(name, address.get(name) ?? '');
  const count = list.count === null ? '' : `${format.number(list.count)}${list.count_is_exact ? '' : '+'}`;
  return (
    <Page
      title={list.count === null ? title : `${title}${t('desk.in_brackets', { words: count })}`}
      lead={words}
      width="full"
      before={<Link className={classes.crumb} to={`/desk/${org}/dashboard?${dashboard.toString()}`}>{t('dashboard.back')}</Link>}
    >
      <RecordTable
        label={title}
        list={list}
        columns={columns}
        hrefOf={(record) => `/desk/${org}/tickets/${record.id}`}
        sort={null}
        onSort={() => undefined}
        empty={<EmptyState icon={<IconInbox size={22} />} title={t('dashboard.no_tickets')} />}
        card={(record) => <TicketCard ticket={record} href={`/desk/${org}/tickets/${record.id}`} />}
        tall
      />
    </Page>
  );
}

/** Period, department, agent and whatever else narrows the list, in words. */
function useWords(address: URLSearchParams): string {
  const { t } = useText();
  const format = useFormat();
  const { departments, agents } = useMeta();
  const choice = useTicketChoice();
  const words: string[] = [];
  const from = address.get('from');
  const until = address.get('until');
  if (from !== null && until !== null && !without_period.includes(address.get('figure') ?? ''))
    words.push(from === until ? format.date(from) : t('dashboard.days', { from: format.date(from), until: format.date(until) }));
  const department = departments.find((each) => each.id === address.get('department'));
  if (department) words.push(department.name);
  const owner = address.get('owner');
  if (owner !== null) words.push(owner === '0' ? t('dashboard.nobody') : (agents.find((each) => each.id === owner)?.name ?? t('dashboard.gone')));
  for (const name of ['channel', 'priority'] as const) {
    const key = address.get(name);
    if (key !== null) words.push(choice(name, key));
  }
  const tag = address.get('tag');
  if (tag !== null) words.push(tag);
  return words.join(' · ');
}
