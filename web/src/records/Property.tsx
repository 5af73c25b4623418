import { Button, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { faultsByField, toRefusal } from '@/api';
import type { Fault, Field, Module, RecordData } from '@/api';
import { field_parts, FieldInput, FieldValue, linkedId, mayWrite, useFieldLabel, valueOf } from '@/fields';
import { useText } from '@/i18n';
import { halfTyped, useFaultText, useToast } from '@/ui';
import classes from './PropertyList.module.css';
import { useSaveField } from './useSaveField';

interface PropertyProps {
  module: Module;
  record: RecordData;
  field: Field;
  is_fixed?: boolean;
}

/** One field of a record: pressed it becomes an input; Enter, Save or leaving it saves, Escape gives up. */
export function Property({ module, record, field, is_fixed = false }: PropertyProps) {
  const { t } = useText();
  const label = useFieldLabel()(module.name, field);
  const toast = useToast();
  const faultText = useFaultText();
  const { saveFields } = useSaveField(module);
  const box = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<{ value: unknown; base: RecordData } | null>(null);
  /** A question on the way takes the focus, which must not save again. */
  const is_storing = useRef(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const value = valueOf(record, field);

  /** Enter saves a line; in more than a line it makes another, and buttons say how to be done. */
  const is_line = !['long_text', 'rich_text', 'multi_choice', 'tags'].includes(field.kind);
  const close = () => {
    setDraft(null);
    setFault(null);
    window.setTimeout(() => box.current?.querySelector('button')?.focus());
  };
  const store = async (next: unknown) => {
    const base = draft?.base ?? record;
    if (is_storing.current) return undefined;
    const [half] = halfTyped(box.current);
    if (half) return setFault(half);
    if (JSON.stringify(next) === JSON.stringify(valueOf(base, field) ?? null)) return close();
    setDraft({ value: next, base });
    is_storing.current = true;
    try {
      await saveFields(base, [{ field, value: next }]);
      close();
    } catch (error) {
      const fault = faultsByField(toRefusal(error)).get(field.name);
      if (fault) return setFault(fault);
      close();
      toast.refused(error);
    } finally {
      is_storing.current = false;
    }
    return undefined;
  };
  const handleChange = (next: unknown) => {
    if (field_parts[field.kind].taken === 'at_once') void store(next);
    else setDraft({ value: next, base: draft?.base ?? record });
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    const saves = is_line || event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && draft && saves && !event.nativeEvent.isComposing) void store(draft.value);
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
              department={module.name === 'tickets' ? linkedId(record.department) : null}
              onChange={handleChange}
              error={fault === null ? undefined : faultText(fault, field)}
              in_place
            />
            {!is_line && (
              <div className={classes.buttons} onMouseDown={(event) => event.preventDefault()}>
                <Button size="compact-sm" variant="default" onClick={close}>{t('ui.cancel')}</Button>
                <Button size="compact-sm" onClick={() => void store(draft.value)}>{t('ui.save')}</Button>
              </div>
            )}
          </div>
        ) : mayWrite(record, field) && !is_fixed ? (
          <div className={classes.edit}>
            <UnstyledButton
              className={classes.cover}
              aria-label={t('records.edit_field', { field: label })}
              onClick={() => setDraft({ value: value ?? null, base: record })}
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
