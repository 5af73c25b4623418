import { Alert, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { faultsByField, refusalOf, toRefusal } from '@/api';
import type { Field, Linked, Module, RecordData } from '@/api';
import { changesFor, faultsIn, FieldInput, isMended, useFieldLabel, valueOf } from '@/fields';
import { useText } from '@/i18n';
import { FormActions, halfTyped, useFaultFocus, useFaultText, useLeaveForm, useRefusalText } from '@/ui';
import { useSaveField } from './useSaveField';

/** A record that is changed: what the person edits of it is saved, and what others changed meanwhile stays. */
interface Edit {
  record: RecordData;
}

interface Creation {
  record?: undefined;
  /** What stands in the inputs at first, by field name. */
  values?: Record<string, unknown>;
  /** Sends the values. A refusal is shown beside its input. */
  onSubmit: (values: Record<string, unknown>) => Promise<unknown>;
}

type Values = Record<string, unknown>;

/** What the form of a module knows beside its fields; the server has the last word. */
export interface FormRules {
  /** The records that a link may name now; undefined leaves it to the input. */
  choicesOf?: (field: Field, values: Values) => Linked[] | undefined;
  /** Is the field asked for, as the form stands? What is not is not sent either. */
  isAsked?: (field: Field, values: Values) => boolean;
  /** What follows from an edit of one field. `first`: the values that the form began with. */
  settle?: (edited: string, values: Values, first: Values) => Values;
  /** Said below a field. */
  noteOn?: (field: Field, values: Values, first: Values) => string | undefined;
  /** Shown below a field, by what stands in all of them. */
  below?: (field: Field, values: Values) => ReactNode;
}

interface FormFrame {
  module: Module;
  rules?: FormRules;
  title: string;
  /** The names of the fields to ask for; all that can be written when left out. */
  fields?: string[];
  is_open: boolean;
  submit_label: string;
  onClose: () => void;
}

type RecordFormDialogProps = FormFrame & (Edit | Creation);

/** A form made from the fields of a module, for creating or changing a record. */
export function RecordFormDialog({ is_open, onClose, title, ...form }: RecordFormDialogProps) {
  const { t } = useText();
  const is_changed = useRef(false);
  const leave = useLeaveForm(onClose);
  const handleLeave = () => leave(is_changed.current);
  useEffect(() => {
    if (is_open) is_changed.current = false;
  }, [is_open]);
  return (
    <Modal opened={is_open} onClose={handleLeave} title={title} size="lg" closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {is_open && <RecordForm {...form} onClose={onClose} onLeave={handleLeave} onChanged={() => void (is_changed.current = true)} />}
    </Modal>
  );
}

type RecordFormProps = Omit<FormFrame, 'is_open' | 'title'> & (Edit | Creation) & {
  onLeave: () => void;
  onChanged: () => void;
};

function RecordForm({ module, rules = {}, fields: names, submit_label, onClose, onLeave, onChanged, ...purpose }: RecordFormProps) {
  const fieldLabel = useFieldLabel();
  const refusalText = useRefusalText();
  const faultText = useFaultText();
  const all_fields = formFields(module, names);
  const { saveFields } = useSaveField(module);
  /** As it was when the form was opened: what comes in meanwhile is not what the person saw. */
  const [base] = useState(purpose.record);
  const [first_values] = useState(() => (purpose.record === undefined ? firstValues(all_fields, purpose.values ?? {}) : valuesOf(all_fields, purpose.record)));
  const [values, setValues] = useState<Values>(first_values);
  const fields = all_fields.filter((field) => rules.isAsked?.(field, values) ?? true);
  const [refused, setRefused] = useState<unknown>(null);
  const form = useFaultFocus(refused);
  const [is_sending, setSending] = useState(false);
  const faults = faultsByField(toRefusal(refused));

  const handleSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = [...halfTyped(event.currentTarget), ...faultsIn(fields, values)];
    if (found.length > 0) return setRefused(refusalOf(found));
    setSending(true);
    setRefused(null);
    try {
      const given = fields.map((field) => ({ field, value: values[field.name] }));
      if (base !== undefined) await saveFields(base, given);
      // What stands empty is sent only where something stood before.
      else if (purpose.record === undefined) await purpose.onSubmit(changesFor(given.filter(({ field, value }) => isGiven(value) || isGiven(first_values[field.name]))));
      onClose();
    } catch (error) {
      setRefused(error);
    } finally {
      setSending(false);
    }
    return undefined;
  };
  const faultOf = (field: Field) => {
    const fault = faults.get(field.name);
    return fault && !isMended(fault, field, values[field.name]) ? faultText(fault, field) : undefined;
  };
  const shown_beside = fields.some((field) => faults.has(field.name));
  return (
    <form ref={form} onSubmit={(event) => void handleSubmit(event)} noValidate>
      <Stack gap="sm">
        {refused !== null && !shown_beside && <Alert color="red.8" role="alert">{refusalText(refused)}</Alert>}
        {fields.map((field) => (
          <div key={field.name}>
            <FieldInput
              module={module.name}
              field={field}
              label={fieldLabel(module.name, field)}
              is_first={field === fields[0]}
              value={values[field.name] ?? null}
              choices={rules.choicesOf?.(field, values)}
              error={faultOf(field)}
              onChange={(value) => {
                onChanged();
                setValues((before) => {
                  const after = { ...before, [field.name]: value };
                  return rules.settle?.(field.name, after, first_values) ?? after;
                });
              }}
            />
            <FormNote words={rules.noteOn?.(field, values, first_values)} />
            {rules.below?.(field, values)}
          </div>
        ))}
      </Stack>
      <FormActions submit_label={submit_label} is_sending={is_sending} onCancel={onLeave} />
    </form>
  );
}

/** Heard as well when it appears. */
function FormNote({ words }: { words: string | undefined }) {
  return <div role="status">{words !== undefined && <Text size="sm" c="dimmed" mt={4}>{words}</Text>}</div>;
}

function formFields(module: Module, names: string[] | undefined): Field[] {
  const writable = module.fields.filter((field) => !field.read_only && field.kind !== 'auto_number');
  if (names === undefined) return writable;
  return names.flatMap((name) => writable.find((field) => field.name === name) ?? []);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function valuesOf(fields: Field[], record: RecordData): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(record, field) ?? null]));
}

function firstValues(fields: Field[], first: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, first[field.name] ?? field.default ?? null]));
}
