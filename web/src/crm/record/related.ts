import { useMeta } from '@/api';
import type { Module } from '@/api';
import { activity_modules, sales_module_names } from '../sales_modules';
import type { SalesModuleName } from '../sales_modules';

export interface Relation {
  module: SalesModuleName;
  /** The field of the other module that names this record. */
  field: string;
}

/** What a conversion or a merge says of a record is no list of others: those are converted, or in the recycle bin. */
const isOfItsPast = (field: string) => field.startsWith('converted_') || field === 'merged_into';

/** What names a record of the module in one of its fields, as the definitions say: other records, and activities apart. */
export function relationsOf(name: string, modules: Module[]): { lists: Relation[]; activities: Relation[] } {
  const found = sales_module_names.flatMap((other): Relation[] => {
    const module = modules.find((each) => each.name === other && each.may.includes('read'));
    const fields = module?.fields.filter((field) => field.kind === 'link' && field.link_to === name && !isOfItsPast(field.name)) ?? [];
    return fields.map((field) => ({ module: other, field: field.name }));
  });
  const isActivity = ({ module }: Relation) => activity_modules.includes(module);
  const others = found.filter((each) => !isActivity(each));
  // A contact's colleagues and an account's daughters come after what is sold to them.
  const lists = [...others.filter(({ module }) => module !== name), ...others.filter(({ module }) => module === name)];
  return { lists, activities: found.filter(isActivity) };
}

/** All that may belong to a record of the module, with the fields by which notes and files name it. */
export function useRelations(name: string) {
  const { modules } = useMeta();
  const fieldOf = (other: string) =>
    modules.find((each) => each.name === other && each.may.includes('read'))?.fields.find((field) => field.kind === 'link' && field.link_to === name)?.name ?? null;
  return { ...relationsOf(name, modules), note_field: fieldOf('notes'), file_field: fieldOf('attachments') };
}
