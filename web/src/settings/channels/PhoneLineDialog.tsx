import { Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { patch, post, useMeta } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { useSettingsWrite } from '../useSettings';
import type { PhoneLine } from './channel_types';

interface PhoneLineDialogProps {
  line: PhoneLine | null;
  onClose: () => void;
  onSecret: (name: string, secret: string) => void;
}

const takes_words = ['every', 'answered', 'missed'] as const;

/** One telephone system: whose calls they are, and what becomes of them. */
export function PhoneLineDialog({ line, onClose, onSecret }: PhoneLineDialogProps) {
  const { t } = useText();
  const { departments } = useMeta();
  const write = useSettingsWrite('phone_lines');
  const [form, setForm] = useState(() => ({
    name: line?.name ?? '', department: line?.department ?? departments[0]?.id ?? null, takes: line?.takes ?? 'every',
    joins_open_ticket: line?.joins_open_ticket ?? true, is_enabled: line?.is_enabled ?? true,
  }));
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const send = async () => {
    if (line !== null) return write((base) => patch(`${base}/phone_lines/${line.id}`, form));
    const added = await write((base) => post<{ name: string; secret: string }>(`${base}/phone_lines`, form));
    onSecret(added.name, added.secret);
    return undefined;
  };
  return (
    <FormDialog
      title={line === null ? t('settings.telephone.add') : line.name}
      submit_label={line === null ? t('settings.telephone.add') : t('ui.save')}
      is_open
      required={{ name: form.name, department: form.department }}
      onClose={onClose}
      onSubmit={send}
    >
      {(faultOf) => (
        <>
          <TextInput
            label={t('settings.telephone.name')} withAsterisk data-autofocus autoComplete="off" value={form.name} error={faultOf('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label={t('settings.telephone.department')} withAsterisk allowDeselect={false} value={form.department} error={faultOf('department')}
            data={departments.map((each) => ({ value: each.id, label: each.name }))} onChange={(department) => set({ department })}
          />
          <Select
            label={t('settings.telephone.takes')} allowDeselect={false} value={form.takes} error={faultOf('takes')}
            data={takes_words.map((word) => ({ value: word, label: t(`settings.telephone.takes_${word}`) }))}
            onChange={(takes) => set({ takes: takes ?? 'every' })}
          />
          <Switch
            label={t('settings.telephone.joins')} description={t('settings.telephone.joins_help')} checked={form.joins_open_ticket}
            onChange={(event) => set({ joins_open_ticket: event.currentTarget.checked })}
          />
          <Switch
            label={t('settings.telephone.is_enabled')} checked={form.is_enabled}
            onChange={(event) => set({ is_enabled: event.currentTarget.checked })}
          />
        </>
      )}
    </FormDialog>
  );
}
