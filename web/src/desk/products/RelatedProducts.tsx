import { ActionIcon, Skeleton } from '@mantine/core';
import { IconPackage, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { findField, useMay, useModule } from '@/api';
import type { Field, RecordData } from '@/api';
import { FieldInput, FieldValue, linkedId, RecordLink, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { EmptyState, ErrorState, SimpleTable, useToast } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from './Products.module.css';
import { useCustomerProducts } from './useCustomerProducts';
import type { CustomerModule } from './useCustomerProducts';

/** The products that a contact or an account has. */
export function RelatedProducts({ module, customer }: { module: CustomerModule; customer: RecordData }) {
  const { t } = useText();
  const toast = useToast();
  const products = useModule('products');
  const may_read = useMay('read', 'products');
  const fieldLabel = useFieldLabel();
  const { query, add, take } = useCustomerProducts(module, customer.id);
  const may_change = customer.may.includes('update') && may_read;
  const columns = useMemo(
    () => ['code', 'category', 'unit_price'].flatMap((name): SimpleColumn<RecordData>[] => {
      const field = findField(products, name);
      if (!field) return [];
      const show = (product: RecordData) => <FieldValue module="products" field={field} value={product[name]} />;
      return [{ name, label: fieldLabel('products', field), show }];
    }),
    [products, fieldLabel],
  );
  const asked = useMemo(() => productField(t('products.product')), [t]);
  if (query.isPending) return <Skeleton height={120} m="md" />;
  if (query.data === undefined) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const all: SimpleColumn<RecordData>[] = [
    { name: 'name', label: t('products.product'), show: (product) => <ProductLink product={product} /> },
    ...columns,
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (product) => may_change && (
        <ActionIcon aria-label={t('products.take', { name: product.title })} onClick={() => take.mutate(product.id, { onError: toast.refused })}><IconX size={16} /></ActionIcon>
      ),
    },
  ];
  return (
    <div className={classes.part}>
      {may_change && (
        <div className={classes.add}>
          <FieldInput
            module={module} field={asked} label={t('products.add')} value={null}
            onChange={(value) => {
              const id = linkedId(value);
              if (id !== null) add.mutate(id, { onError: toast.refused });
            }}
          />
        </div>
      )}
      {query.data.records.length === 0
        ? <EmptyState icon={<IconPackage size={22} />} title={t('products.none_of_customer')} />
        : <SimpleTable label={t('products.products')} columns={all} rows={query.data.records} keyOf={(product) => product.id} />}
    </div>
  );
}

function ProductLink({ product }: { product: RecordData }) {
  return <RecordLink module="products" id={product.id}>{product.title}</RecordLink>;
}

/** Choosing one is like filling in a link. */
function productField(label: string): Field {
  return {
    name: 'product', label, kind: 'link', link_to: 'products', required: false, unique: false,
    searchable: false, sortable: false, read_only: false, custom: false,
  };
}
