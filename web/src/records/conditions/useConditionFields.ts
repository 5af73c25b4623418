import { useMemo } from 'react';
import { useModule } from '@/api';
import type { Field } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { useConditionModule } from './condition_module';

export interface ConditionField {
  field: Field;
  label: string;
}

const left_out = ['status_type', 'spam_at', 'shares', 'synced_from', 'synced_fields'];

function moment(name: string): Field {
  return { name, label: name, kind: 'instant', required: false, unique: false, searchable: false, sortable: true, read_only: true, custom: false };
}
/** Every record has them, so that no module says so. */
const of_every_record = [moment('created_at'), moment('updated_at')];

/** The fields that a condition can ask for, by their words. */
export function useConditionFields(): ConditionField[] {
  const { t } = useText();
  const name = useConditionModule();
  const module = useModule(name);
  const fieldLabel = useFieldLabel();
  return useMemo(() => {
    const own = module.fields.filter((field) => !left_out.includes(field.name));
    const further = of_every_record.filter((field) => !own.some((each) => each.name === field.name));
    const all = [...own, ...further].map((field) => ({
      field, label: field.name === 'is_shared' ? t('views.shared_to_others') : fieldLabel(name, field),
    }));
    return all.sort((one, other) => one.label.localeCompare(other.label));
  }, [module, name, fieldLabel, t]);
}
