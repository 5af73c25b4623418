import { Alert, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { faultsByField, refusalOf, toRefusal } from '@/api';
import { useText } from '@/i18n';
import { FormActions } from './FormActions';
import { halfTyped } from './half_typed';
import { useFaultFocus } from './useFaultFocus';
import { useFaultText, useRefusalText } from './useRefusalText';

/** What `onSubmit` answers when the dialog has something more to show. */
export const keep_open = Symbol('keep open');

/** The words for a field that was refused, when there are any. */
export type FaultOf = (field: string) => string | undefined;

interface FormDialogProps {
  title: string;
  is_open: boolean;
  submit_label: string;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  /** What must be given, by the name of its input; what is empty is named at once, without asking the server. */
  required?: Record<string, unknown>;
  /** Nothing is left to give up: the form has only one way out. */
  is_final?: boolean;
  onClose: () => void;
  /** Sends the form. The dialog closes when it is taken and stays open with the reasons when refused. */
  onSubmit: () => Promise<unknown>;
  children: (faultOf: FaultOf) => ReactNode;
}

/** A dialog with inputs. Refusals that name a field stand beside it, others over the form. */
export function FormDialog({ title, is_open, size = 'md', onClose, ...form }: FormDialogProps) {
  const { t } = useText();
  return (
    <Modal opened={is_open} onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {is_open && <DialogForm {...form} onClose={onClose} />}
    </Modal>
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || String(value).trim() === '';
}

function DialogForm({ submit_label, required = {}, is_final, onClose, onSubmit, children }: Omit<FormDialogProps, 'title' | 'is_open' | 'size'>) {
  const refusalText = useRefusalText();
  const faultText = useFaultText();
  const [refused, setRefused] = useState<unknown>(null);
  const form = useFaultFocus(refused);
  const [is_sending, setSending] = useState(false);
  const [asked] = useState(() => new Set<string>());
  const faults = refused === null ? null : faultsByField(toRefusal(refused));
  const faultOf: FaultOf = (field) => {
    asked.add(field);
    const fault = faults?.get(field);
    const is_mended = fault?.code === 'required' && field in required && !isEmpty(required[field]);
    return fault && !is_mended ? faultText(fault) : undefined;
  };
  const handleSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const missing = Object.entries(required)
      .filter(([, value]) => isEmpty(value))
      .map(([field]) => ({ field, code: 'required', message: '' }));
    const at_hand = [...missing, ...halfTyped(event.currentTarget)];
    if (at_hand.length > 0) return setRefused(refusalOf(at_hand));
    setSending(true);
    setRefused(null);
    try {
      if ((await onSubmit()) !== keep_open) onClose();
    } catch (error) {
      setRefused(error);
    } finally {
      setSending(false);
    }
    return undefined;
  };
  const inputs = children(faultOf);
  const is_beside = faults !== null && [...faults.keys()].some((field) => asked.has(field));
  return (
    <form ref={form} onSubmit={(event) => void handleSubmit(event)} noValidate>
      <Stack gap="sm">
        {refused !== null && !is_beside && <Alert color="red" p="xs" role="alert">{refusalText(refused)}</Alert>}
        {inputs}
      </Stack>
      <FormActions submit_label={submit_label} is_sending={is_sending} onCancel={is_final ? undefined : onClose} />
    </form>
  );
}
