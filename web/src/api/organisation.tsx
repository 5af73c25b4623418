import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { get } from './client';
import { appOf, homeOf } from './home';
import type { App } from './home';
import { keys } from './keys';
import type { Field, Limit, Meta, Module } from './types';

const OrganisationContext = createContext<string | null>(null);
export const OrganisationProvider = OrganisationContext.Provider;

/** The id of the organisation in the address. */
export function useOrganisation(): string {
  const org = useContext(OrganisationContext);
  if (org === null) throw new Error('useOrganisation is used outside an organisation.');
  return org;
}

/** The application of the organisation in the address; null outside of one. */
export function useApp(): App | null {
  const org = useContext(OrganisationContext);
  return org === null ? null : appOf(org);
}

/** What one application has and another has not. */
const absent: Pick<Meta, 'departments' | 'statuses' | 'team_pipelines' | 'pipelines' | 'joins'> = {
  departments: [], statuses: [], team_pipelines: [], pipelines: [], joins: [],
};

export function useMetaQuery(org: string) {
  return useQuery({
    queryKey: keys.meta(org),
    queryFn: async ({ signal }) => ({ ...absent, ...(await get<Meta>(`${homeOf(org)}/meta`, {}, signal)) }),
    staleTime: 5 * 60_000,
  });
}

/** What the server says about the organisation: modules, people, statuses, and me. Below the shell. */
export function useMeta(): Meta {
  const meta = useMetaQuery(useOrganisation()).data;
  if (!meta) throw new Error('useMeta is used before the organisation is loaded.');
  return meta;
}

/** How much one request may hold. Where the server tells no limit, it has the last word. */
export function useLimit(name: Limit): number {
  return useMeta().limits[name] ?? Infinity;
}

export function useModule(name: string): Module {
  const module = useMeta().modules.find((each) => each.name === name);
  if (!module) throw new Error(`There is no module ${name}.`);
  return module;
}

export function findField(module: Module, name: string): Field | undefined {
  return module.fields.find((field) => field.name === name);
}

/**
 * May I? With one word it asks about the organisation ("manage_people"), with a module too about a
 * verb in it (useMay('create', 'tickets')). For one record ask its own `may`.
 */
export function useMay(verb: string, module?: string): boolean {
  const meta = useMeta();
  if (module === undefined) return meta.me.may.includes(verb);
  return meta.modules.find((each) => each.name === module)?.may.includes(verb) ?? false;
}
