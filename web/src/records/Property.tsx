import { UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { faultsByField, toRefusal } from '@/api';
import type { Fault, Field, Module, RecordData } from '@/api';
import { changesFor, field_parts, FieldInput, FieldValue, mayWrite, useFieldLabel, valueOf } from '@/fields';
import { useText } from '@/i18n';
import { useFaultText, useToast } from '@/ui';
import classes from './PropertyList.module.css';
import { useSaveRecord } from './useRecordWrites';

interface PropertyProps {
  module: Module;
  record: RecordData;
  field: Field;
}

/** One field of a record: pressed it becomes an input; Enter or leaving it saves, Escape gives up. */
export function Property({ module, record, field }: PropertyProps) {
  const { t } = useText();
  const label = useFieldLabel()(module.name, field);
  const toast = useToast();
  const faultText = useFaultText();
  const save = useSaveRecord(module.name);
  const box = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<{ value: unknown } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const value = valueOf(record, field);

  const close = () => {
    setDraft(null);
    setFault(null);
    window.setTimeout(() => box.current?.querySelector('button')?.focus());
  };
  const store = async (next: unknown) => {
    if (JSON.stringify(next) === JSON.stringify(value ?? null)) return close();
    setDraft({ value: next });
    try {
      await save.mutateAsync({ id: record.id, changes: changesFor([{ field, value: next }]) });
      close();
    } catch (error) {
      const fault = faultsByField(toRefusal(error)).get(field.name);
      if (fault) return setFault(fault);
      close();
      toast.refused(error);
    }
    return undefined;
  };
  const handleChange = (next: unknown) => {
    if (field_parts[field.kind].taken === 'at_once') void store(next);
    else setDraft({ value: next });
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    const is_line = !['long_text', 'rich_text', 'multi_choice'].includes(field.kind);
    if (event.key === 'Enter' && draft && is_line && !event.nativeEvent.isComposing) void store(draft.value);
  };

  return (
    <div className={classes.property} ref={box}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        {draft !== null ? (
          <div
            onKeyDown={handleKeyDown}
            onBlur={(event) => {
              if (!event.currentTarget.contains(event.relatedTarget)) void store(draft.value);
            }}
          >
            <FieldInput
              module={module.name}
              field={field}
              label={label}
              value={draft.value}
              onChange={handleChange}
              error={fault === null ? undefined : faultText(fault, field)}
              in_place
            />
          </div>
        ) : mayWrite(record, field) ? (
          <div className={classes.edit}>
            <UnstyledButton
              className={classes.cover}
              aria-label={t('records.edit_field', { field: label })}
              onClick={() => setDraft({ value: value ?? null })}
            />
            <FieldValue module={module.name} field={field} value={value} />
          </div>
        ) : (
          <div className={classes.fixed}><FieldValue module={module.name} field={field} value={value} /></div>
        )}
      </dd>
    </div>
  );
}
