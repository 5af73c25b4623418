import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBan, IconDownload, IconFilter, IconInbox, IconLayoutKanban, IconList, IconPlus, IconRefresh, IconShare, IconSitemap } from '@tabler/icons-react';
import { Suspense, lazy, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useMay, useMeta, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { BulkBar, ColumnChooser, ExportDialog, RecordTable, isCustom, useColumnChoice, useListState, useRecords, useSelection, useViewActs, useViews } from '@/records';
import { EmptyState, Page, useCommands } from '@/ui';
import { Board } from '../board/Board';
import classes from './Queue.module.css';
import { rememberQueue } from './queue_memory';
import { EmptySpamButton } from '../spam/EmptySpamButton';
import { TicketBulkActs } from './TicketBulkActs';
import { TicketCard } from './TicketCard';
import { useQueueShape } from './useQueueShape';
import { first_columns, useTicketColumns } from './useTicketColumns';
import { useViewName, ViewList, ViewMenus } from './ViewList';

const NewTicketDialog = lazy(() => import('./NewTicketDialog').then((part) => ({ default: part.NewTicketDialog })));

const first_view = 'open';

/** The queue: views at the left, tickets at the right. What is shown stands in the address. */
export function QueuePage() {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const location = useLocation();
  const may_create = useMay('create', 'tickets');
  const may_bulk = useMay('bulk', 'tickets');
  const may_update = useMay('update', 'tickets');
  /** Nothing is chosen that nothing can be done with. */
  const may_choose = may_bulk || may_update;
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const { query, set } = useListState({ view: first_view });
  const view = query.view ?? first_view;
  const department = query.department ?? null;
  const views = useViews('tickets', department);
  const list = useRecords('tickets', query);
  const selection = useSelection();
  const columns = useTicketColumns();
  const names = useMemo(() => columns.map((column) => column.name), [columns]);
  const custom = (views.data?.views ?? []).filter(isCustom);
  const own = custom.find((each) => each.id === view);
  const has_columns = own !== undefined && own.columns.length > 0;
  const { chosen, choose } = useColumnChoice(has_columns ? `tickets.${view}` : 'tickets', names, has_columns ? own.columns : first_columns);
  const [is_creating, setCreating] = useState(false);
  const [is_exporting, setExporting] = useState(false);
  const may_export = useMay('export', 'tickets');
  const { shape: chosen_shape, choose: chooseShape } = useQueueShape();
  // Spam has no place in the work, so it has no board: a board would be empty.
  const has_board = view !== 'spam';
  const shape = has_board ? chosen_shape : 'list';
  const viewName = useViewName();
  const title = viewName(views.data?.views.find((each) => each.id === view) ?? { id: view, name: t('desk.view') });
  const { clear } = selection;
  useEffect(clear, [view, department, shape, clear]);
  const address = location.pathname + location.search;
  const { records } = list;
  useEffect(() => rememberQueue(org, { address, ids: records.map((record) => record.id) }), [org, address, records]);
  const hrefOf = (name: string) => {
    const words = new URLSearchParams(location.search);
    words.set('view', name);
    // A view that somebody made has an order of its own.
    if (custom.some((each) => each.id === name)) words.delete('sort');
    return `/desk/${org}/tickets?${words.toString()}`;
  };
  const acts = useViewActs({
    module: 'tickets', views: custom, may_share: views.data?.may_share ?? false, addressOf: (id) => `/desk/${org}/tickets?view=${id}`, chosen: view,
    onShow: (next) => set({ view: next, sort: null }),
  });
  const group = t('shortcuts.group_list');
  useCommands([
    ...(may_create
      ? [{ id: 'ticket.new', label: t('desk.new_ticket'), group, keys: 'c', icon: <IconPlus size={16} />, run: () => setCreating(true) }]
      : []),
    { id: 'view.new', label: t('views.new'), group, icon: <IconFilter size={16} />, run: () => acts.create() },
    ...(has_board ? [{ id: 'list.shape', label: t(shape === 'board' ? 'lists.show_list' : 'lists.show_board'), group, icon: <IconLayoutKanban size={16} />, run: () => chooseShape(shape === 'board' ? 'list' : 'board') }] : []),
    ...(may_export ? [{ id: 'list.export', label: t('lists.export'), group, icon: <IconDownload size={16} />, run: () => setExporting(true) }] : []),
    { id: 'list.clear', label: t('records.clear_selection'), group, keys: 'escape', hidden_in_palette: true, run: clear },
    { id: 'list.reload', label: t('desk.reload'), group, keys: 'shift+r', icon: <IconRefresh size={16} />, run: list.reload },
  ]);
  const menus = {
    views: views.data?.views, acts, chosen: view, department, hrefOf,
    onView: (next: string) => set({ view: next, ...(custom.some((each) => each.id === next) ? { sort: null } : {}) }), onDepartment: (next: string | null) => set({ department: next }),
  };
  return (
    <div className={classes.queue}>
      {!is_small && <ViewList {...menus} />}
      <div className={classes.main}>
        <Page
          title={title}
          width="full"
          actions={
            <>
              <Tooltip label={t('desk.reload')}>
                <ActionIcon aria-label={t('desk.reload')} onClick={list.reload}><IconRefresh size={16} /></ActionIcon>
              </Tooltip>
              {has_board && (
                <SegmentedControl
                  size="xs"
                  aria-label={t('lists.shape')}
                  value={shape}
                  onChange={chooseShape}
                  data={[
                    { value: 'list', label: <Shape icon={<IconList size={15} />} words={t('lists.list')} /> },
                    { value: 'board', label: <Shape icon={<IconLayoutKanban size={15} />} words={t('lists.board')} /> },
                  ]}
                />
              )}
              {may_export && (
                <Tooltip label={t('lists.export')}>
                  <ActionIcon aria-label={t('lists.export')} onClick={() => setExporting(true)}><IconDownload size={16} /></ActionIcon>
                </Tooltip>
              )}
              {!is_small && shape === 'list' && <ColumnChooser columns={columns} chosen={chosen} onChoose={choose} />}
              {view === 'spam' && <EmptySpamButton department={department} />}
              {may_create && (
                <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>{t('desk.new_ticket')}</Button>
              )}
            </>
          }
        >
          <div className={classes.listPlace}>
            {is_small && <ViewMenus {...menus} />}
            <div>
              {shape === 'board' ? <Board label={title} query={{ ...query, sort: query.sort ?? own?.sort ?? null }} hrefOf={(record) => `/desk/${org}/tickets/${record.id}`} /> : <RecordTable
                key={`${view} ${department}`}
                label={title}
                list={list}
                columns={columns.filter((column) => chosen.includes(column.name))}
                hrefOf={(record) => `/desk/${org}/tickets/${record.id}`}
                selection={may_choose ? selection : undefined}
                sort={query.sort ?? own?.sort ?? null}
                onSort={(sort) => set({ sort })}
                empty={<EmptyQueue view={view} is_whole={department === null && query.filter === null && views.data?.views.find((each) => each.id === 'all')?.count === 0} onAll={() => set({ view: 'all', department: null, filter: null })} onCreate={may_create ? () => setCreating(true) : undefined} />}
                card={(record) => <TicketCard ticket={record} href={`/desk/${org}/tickets/${record.id}`} />}
                tall
              />}
            </div>
          </div>
          <BulkBar count={selection.ids.size} onClear={clear}><TicketBulkActs selection={selection} records={records} /></BulkBar>
        </Page>
      </div>
      {acts.dialog}
      {is_exporting && (
        <ExportDialog module="tickets" query={query} columns={columns.filter((column) => chosen.includes(column.name))} onClose={() => setExporting(false)} />
      )}
      {is_creating && (
        <Suspense fallback={null}>
          <NewTicketDialog
            department={department}
            onClose={() => setCreating(false)}
            onCreated={(id) => void navigate(`/desk/${org}/tickets/${id}`)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Shape({ icon, words }: { icon: ReactNode; words: string }) {
  return <Tooltip label={words}><span className={classes.shape}>{icon}<span className="visually-hidden">{words}</span></span></Tooltip>;
}

interface EmptyQueueProps {
  view: string;
  /** There is no ticket at all that the person sees. */
  is_whole: boolean;
  onAll: () => void;
  onCreate: (() => void) | undefined;
}

function EmptyQueue({ view, is_whole, onAll, onCreate }: EmptyQueueProps) {
  const { t } = useText();
  const { me } = useMeta();
  if (me.sees_no_tickets)
    return <EmptyState icon={<IconSitemap size={22} />} title={t('desk.no_department')}>{t('desk.no_department_help')}</EmptyState>;
  if (view === 'shared')
    return <EmptyState icon={<IconShare size={22} />} title={t('desk.empty_shared')}>{t('desk.empty_shared_help')}</EmptyState>;
  if (view === 'spam')
    return <EmptyState icon={<IconBan size={22} />} title={t('spam.empty_view')}>{t('spam.empty_view_help')}</EmptyState>;
  return (
    <EmptyState
      icon={<IconInbox size={22} />}
      title={t(is_whole ? 'desk.empty_all' : 'desk.empty_view')}
      action={
        is_whole
          ? onCreate && <Button onClick={onCreate}>{t('desk.new_ticket')}</Button>
          : <Button variant="default" onClick={onAll}>{t('desk.show_all')}</Button>
      }
    >
      {t(is_whole ? 'desk.empty_all_help' : 'desk.empty_view_help')}
    </EmptyState>
  );
}
