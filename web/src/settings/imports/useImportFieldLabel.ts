import { useModule } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import type { ImportData } from './import_types';

/** What a column may be, in the person's language. */
export function useImportFieldLabel(data: ImportData): (name: string) => string {
  const { t } = useText();
  const module = useModule(data.module);
  const fieldLabel = useFieldLabel();
  return (name) => {
    if (name === 'id') return t('lists.import.field_id');
    if (name === 'created_at') return t('lists.import.field_created_at');
    if (name === 'full_name') return t('lists.import.field_full_name');
    const field = module.fields.find((each) => each.name === name);
    return field ? fieldLabel(data.module, field) : (data.fields.find((each) => each.name === name)?.label ?? name);
  };
}
