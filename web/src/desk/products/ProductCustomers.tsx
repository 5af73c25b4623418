import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get, keys, useModule, useOrganisation } from '@/api';
import type { RecordData, RecordList } from '@/api';
import { asText, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { ErrorState, SimpleTable } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from './Products.module.css';
import type { CustomerModule } from './useCustomerProducts';

/** The contacts and the accounts that have a product. */
export function ProductCustomers({ product }: { product: RecordData }) {
  return (
    <div className={classes.part}>
      <Customers module="contacts" product={product.id} />
      <Customers module="accounts" product={product.id} />
    </div>
  );
}

function Customers({ module: name, product }: { module: CustomerModule; product: string }) {
  const { t } = useText();
  const org = useOrganisation();
  const module = useModule(name);
  const label = useModuleLabel()(module);
  const query = useInfiniteQuery({
    queryKey: [...keys.record(org, 'products', product), 'customers', name],
    queryFn: ({ pageParam, signal }) =>
      get<RecordList>(`/desk/${org}/products/${product}/customers`, { module: name, cursor: pageParam }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next_cursor,
  });
  if (query.isPending) return <Skeleton height={80} />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const customers = query.data.pages.flatMap((page) => page.records);
  const columns: SimpleColumn<RecordData>[] = [
    { name: 'title', label: t('desk.name'), show: (one) => <Link to={`/desk/${org}/${name}/${one.id}`}>{one.title}</Link> },
    { name: 'reach', label: t(name === 'contacts' ? 'field.any.email' : 'field.any.website'), show: (one) => asText(one.email) ?? asText(one.website) },
  ];
  return (
    <section aria-label={label}>
      <h2 className={classes.heading}>{label}</h2>
      {customers.length === 0
        ? <p className={classes.dim}>{t('products.no_customers')}</p>
        : <SimpleTable label={label} columns={columns} rows={customers} keyOf={(one) => one.id} />}
      {query.hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('ui.load_more')}</Button>
      )}
    </section>
  );
}

function firstPage(): string | null {
  return null;
}
