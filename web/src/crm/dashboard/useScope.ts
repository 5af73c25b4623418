import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { homeOf, useMeta, useOrganisation } from '@/api';
import type { Filter } from '@/api';
import { defaultPipeline } from '../deals/stages';
import type { SalesModuleName } from '../sales_modules';
import type { DashboardScope } from './sales_figures';

/** Whose deals of which pipeline are looked at; it stands in the address. */
export function useScope(): { scope: DashboardScope; choose: (changes: Partial<DashboardScope>) => void } {
  const { pipelines } = useMeta();
  const [address, setAddress] = useSearchParams();
  const pipeline = pipelines.find((each) => each.id === address.get('pipeline')) ?? defaultPipeline(pipelines);
  const choose = (changes: Partial<DashboardScope>) =>
    setAddress((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      return after;
    });
  return { scope: { pipeline: pipeline?.id ?? null, owner: address.get('owner') || null }, choose };
}

/** The address of the list behind a figure. */
export function useListBehind(): (module: SalesModuleName, filter: Filter) => string {
  const org = useOrganisation();
  return useCallback((module, filter) => {
    const words = new URLSearchParams(module === 'deals' ? { shape: 'list' } : {});
    words.set('filter', JSON.stringify(filter));
    return `${homeOf(org)}/${module}?${words.toString()}`;
  }, [org]);
}
