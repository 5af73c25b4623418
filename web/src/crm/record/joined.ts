import { useMeta } from '@/api';
import type { Field, Join } from '@/api';
import { useModuleLabel } from '@/fields';
import { useOptionalText } from '@/i18n';
import { isSalesModule } from '../sales_modules';
import type { SalesModuleName } from '../sales_modules';

/** A list whose records this application shows. */
export interface JoinedList extends Join {
  of: SalesModuleName;
}

/** The lists that records of the module have, many with many, as the definitions say. */
export function joinedListsOf(name: string, joins: Join[]): JoinedList[] {
  return joins.flatMap((join) => (join.module === name && isSalesModule(join.of) ? [{ ...join, of: join.of }] : []));
}

/** What is said of each record of the list, as a field: shown and edited as any choice. */
export function saidField({ said }: Join): Field | null {
  if (said === null) return null;
  return { ...said, kind: 'choice', required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: false };
}

/** What the list is called: by a name of its own, or as the records that stand in it. */
export function useJoinLabel(): (join: Join) => string {
  const { modules } = useMeta();
  const text = useOptionalText();
  const moduleLabel = useModuleLabel();
  return (join) => {
    const module = modules.find((each) => each.name === join.of);
    return text(`crm.joined.lists.${join.module}.${join.list}`, module === undefined ? join.label : moduleLabel(module));
  };
}
