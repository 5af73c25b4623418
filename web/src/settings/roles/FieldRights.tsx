import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { appOf, useMeta, useOrganisation } from '@/api';
import type { FieldChoices, FieldRight } from '@/api';
import { modules_with_pages, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { ModuleChoice } from '../ModuleChoice';
import classes from './Roles.module.css';

type RightsOfFields = Record<string, Record<string, FieldRight>>;

interface FieldRightsProps {
  fields: RightsOfFields;
  choices: FieldChoices;
  is_fixed: boolean;
  onChange: (fields: RightsOfFields) => void;
}

const rights: FieldRight[] = ['write', 'read', 'hidden'];

/** What a role may do with single fields, where that differs from the rights of the module. */
export function FieldRights({ fields, choices, is_fixed, onChange }: FieldRightsProps) {
  const { t } = useText();
  const org = useOrganisation();
  const { modules } = useMeta();
  const fieldLabel = useFieldLabel();
  const shown = modules.filter((module) => modules_with_pages[appOf(org)].includes(module.name));
  const [name, setName] = useState(shown[0]?.name ?? '');
  const module = shown.find((each) => each.name === name);
  const held = fields[name] ?? {};
  const choicesOf = (field: string) => choices[name]?.[field] ?? [];
  const handleChange = (field: string, value: string) => {
    const right = rights.find((each) => each === value);
    if (right === undefined) return;
    const { [field]: _, ...others } = held;
    onChange({ ...fields, [name]: right === 'write' ? others : { ...others, [field]: right } });
  };
  return (
    <>
      <ModuleChoice size="xs" offered={modules_with_pages[appOf(org)]} value={name} onChange={setName} />
      <div className={classes.fields}>
        {(module?.fields ?? []).filter((field) => choicesOf(field.name).length > 0).map((field) => (
          <div key={field.name} className={classes.field}>
            <span>{fieldLabel(name, field)}</span>
            <NativeSelect
              size="xs"
              aria-label={fieldLabel(name, field)}
              disabled={is_fixed}
              value={held[field.name] ?? 'write'}
              onChange={(event) => handleChange(field.name, event.currentTarget.value)}
              data={choicesOf(field.name).map((right) => ({ value: right, label: t(`settings.roles.field_${right}`) }))}
            />
          </div>
        ))}
      </div>
    </>
  );
}
