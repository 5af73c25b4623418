import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import { ErrorState, Page, RowsSkeleton } from '@/ui';

interface SettingsPageProps<Data> {
  /** The page's word in the catalogue: settings.<name>.title and .lead. */
  name: string;
  title?: string;
  query?: UseQueryResult<Data>;
  before?: ReactNode;
  actions?: ReactNode;
  width?: 'read' | 'wide';
  children: (data: Data) => ReactNode;
}

/** A page of the settings that shows what one address answers. */
export function SettingsPage<Data>({ name, title, query, before, actions, width = 'wide', children }: SettingsPageProps<Data>) {
  const { t } = useText();
  return (
    <Page
      title={title ?? t(`settings.${name}.title`)}
      lead={title === undefined ? t(`settings.${name}.lead`) : undefined}
      before={before}
      actions={query?.data === undefined ? undefined : actions}
      width={width}
    >
      {query?.isPending && <RowsSkeleton rows={6} />}
      {query?.isError && query.data === undefined && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query?.data !== undefined && children(query.data)}
    </Page>
  );
}
