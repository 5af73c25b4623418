import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, keys, post, remove as removeAt, useOrganisation } from '@/api';
import type { RecordList } from '@/api';

export type CustomerModule = 'contacts' | 'accounts';

/** What a customer has, and giving and taking it. */
export function useCustomerProducts(module: CustomerModule, id: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const path = `/desk/${org}/${module}/${id}/products`;
  const query = useQuery({
    queryKey: [...keys.record(org, module, id), 'products'],
    queryFn: ({ signal }) => get<RecordList>(path, {}, signal),
  });
  const onSuccess = async () => {
    await cache.invalidateQueries({ queryKey: keys.record(org, module, id) });
    await cache.invalidateQueries({ queryKey: keys.module(org, 'products') });
  };
  const add = useMutation({ mutationFn: (product: string) => post(path, { products: [product] }), onSuccess });
  const take = useMutation({ mutationFn: (product: string) => removeAt(`${path}/${product}`), onSuccess });
  return { query, add, take };
}
