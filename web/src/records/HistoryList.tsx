import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { get, homeOf, keys, useOrganisation } from '@/api';
import type { HistoryEntry, HistoryPage } from '@/api';
import { useText } from '@/i18n';
import { Avatar, ErrorState, RelativeTime } from '@/ui';
import { ChangeList, toldChanges } from './change_words';
import classes from './HistoryList.module.css';

const page_entries = 30;

interface HistoryListProps {
  module: string;
  id: string;
  /** Who did it, what was done and by which way in. */
  words: { name: (entry: HistoryEntry) => string; verb: (entry: HistoryEntry) => string; way: (entry: HistoryEntry) => string };
}

/** Who changed what and when, the newest first. */
export function HistoryList({ module, id, words }: HistoryListProps) {
  const { t } = useText();
  const org = useOrganisation();
  const query = useInfiniteQuery({
    queryKey: keys.history(org, module, id),
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage>(`${homeOf(org)}/${module}/${id}/history`, { cursor: pageParam, limit: page_entries }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next_cursor,
  });
  if (query.isPending) return <Skeleton height={120} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <ol className={classes.history}>
        {query.data.pages.flatMap((page) => page.entries).map((entry) => {
          const changes = toldChanges(entry.changes);
          const name = words.name(entry);
          return (
            <li key={entry.id} className={classes.entry}>
              <Avatar name={name} size="small" />
              <div className={classes.entryWords}>
                <span>
                  <b>{name}</b> <span className={classes.dim}>{words.verb(entry)}{words.way(entry)}</span>
                </span>
                {changes.length > 0 && <span className={classes.changes}><ChangeList module={module} changes={changes} /></span>}
                <RelativeTime at={entry.at} className={classes.dim} />
              </div>
            </li>
          );
        })}
      </ol>
      {query.hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('ui.load_more')}</Button>
      )}
    </>
  );
}

function firstPage(): string | null {
  return null;
}
