import { Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Fault, Field, Linked, Module, RecordData } from '@/api';
import { FieldInput, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormActions, halfTyped, useFaultFocus, useFaultText } from '@/ui';
import { LeftOut } from './LeftOut';

interface BulkFieldDialogProps {
  module: Module;
  count: number;
  /** The chosen records that do not allow a field to be changed. A field that none allows is not offered. */
  leftOut?: (field: Field) => RecordData[];
  /** The department of all the chosen tickets, which decides what they may link to. */
  department?: string | null;
  /** The records that a link may name in all the chosen ones, as the server says; undefined leaves it to the input. */
  choicesOf?: (field: Field) => Linked[] | undefined;
  /** Said below a field. */
  noteOn?: (field: Field) => string | undefined;
  onClose: () => void;
  onSubmit: (field: Field, value: unknown) => Promise<void>;
}

/** One field, one value, for all the chosen records. */
export function BulkFieldDialog({ module, count, leftOut = nobody, department, choicesOf, noteOn, onClose, onSubmit }: BulkFieldDialogProps) {
  const { t } = useText();
  const fieldLabel = useFieldLabel();
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState<unknown>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const faultText = useFaultText();
  const form = useFaultFocus(fault);
  const [is_sending, setSending] = useState(false);
  const fields = module.fields.filter((field) => !field.read_only && !field.unique && !['auto_number', 'rich_text'].includes(field.kind) && leftOut(field).length < count);
  const field = fields.find((each) => each.name === name);
  const note = field && noteOn?.(field);
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (field === undefined) return undefined;
    // Told as empty, it would empty the field of all the chosen.
    const [half] = halfTyped(event.currentTarget);
    if (half) return setFault(half);
    setSending(true);
    void onSubmit(field, value).then(onClose);
    return undefined;
  };
  return (
    <Modal opened onClose={onClose} title={t('records.change_many', { count })} size="md" closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form ref={form} onSubmit={handleSubmit} noValidate>
        <Stack gap="sm">
          <Select
            label={t('records.field')} data-autofocus searchable withAsterisk value={name}
            data={fields.map((each) => ({ value: each.name, label: fieldLabel(module.name, each) }))}
            onChange={(next) => {
              setName(next);
              setValue(null);
              setFault(null);
            }}
          />
          {field && (
            <div>
              <FieldInput
                key={field.name} module={module.name} field={field} label={fieldLabel(module.name, field)} department={department} choices={choicesOf?.(field)}
                value={value} error={fault === null ? undefined : faultText(fault, field)}
                onChange={(next) => {
                  setValue(next);
                  setFault(null);
                }}
              />
              <div role="status">{note !== undefined && <Text size="sm" c="dimmed" mt={4}>{note}</Text>}</div>
            </div>
          )}
          {field && <LeftOut records={leftOut(field)} />}
        </Stack>
        <FormActions submit_label={t('ui.save')} is_sending={is_sending} is_disabled={field === undefined || (field.required && value === null)} onCancel={onClose} />
      </form>
    </Modal>
  );
}

const nobody = (): RecordData[] => [];
