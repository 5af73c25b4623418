import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useMeta } from '@/api';
import type { FieldRight } from '@/api';
import { useFieldLabel, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import classes from './Roles.module.css';

type RightsOfFields = Record<string, Record<string, FieldRight>>;

interface FieldRightsProps {
  fields: RightsOfFields;
  is_fixed: boolean;
  onChange: (fields: RightsOfFields) => void;
}

const rights: FieldRight[] = ['write', 'read', 'hidden'];

/** What a role may do with single fields, where that differs from the rights of the module. */
export function FieldRights({ fields, is_fixed, onChange }: FieldRightsProps) {
  const { t } = useText();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const fieldLabel = useFieldLabel();
  const shown = modules.filter((module) => ['tickets', 'contacts', 'accounts', 'products'].includes(module.name));
  const [name, setName] = useState(shown[0]?.name ?? '');
  const module = shown.find((each) => each.name === name);
  const held = fields[name] ?? {};
  const handleChange = (field: string, value: string) => {
    const right = rights.find((each) => each === value);
    if (right === undefined) return;
    const { [field]: _, ...others } = held;
    onChange({ ...fields, [name]: right === 'write' ? others : { ...others, [field]: right } });
  };
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('app.modules')}
        value={name}
        onChange={setName}
        data={shown.map((each) => ({ value: each.name, label: moduleLabel(each) }))}
      />
      <div className={classes.fields}>
        {(module?.fields ?? []).map((field) => (
          <div key={field.name} className={classes.field}>
            <span>{fieldLabel(name, field)}</span>
            <NativeSelect
              size="xs"
              aria-label={fieldLabel(name, field)}
              disabled={is_fixed}
              value={held[field.name] ?? 'write'}
              onChange={(event) => handleChange(field.name, event.currentTarget.value)}
              data={rights.map((right) => ({ value: right, label: t(`settings.roles.field_${right}`) }))}
            />
          </div>
        ))}
      </div>
    </>
  );
}
