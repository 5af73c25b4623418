import { Select, TextInput, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys, post, useMay, useMeta, useOrganisation } from '@/api';
import type { OngoingCall } from '@/api';
import { useText } from '@/i18n';
import { FormDialog, useToast } from '@/ui';

interface NewTicketFromCallProps {
  call: OngoingCall;
  onClose: () => void;
  onCreated: (ticket: string) => void;
}

const subject_chars_max = 255;
const name_chars_max = 200;

/** A ticket for who is calling. A caller who is no contact yet becomes one by giving a name. */
export function NewTicketFromCall({ call, onClose, onCreated }: NewTicketFromCallProps) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const may_add_contact = useMay('create', 'contacts');
  const { departments } = useMeta();
  const [form, setForm] = useState({ subject: '', contact_name: '', department: call.department_id, note: '' });
  const set = (words: Partial<typeof form>) => setForm((before) => ({ ...before, ...words }));
  const send = async () => {
    const { subject, contact_name, department, note } = form;
    const { ticket_id } = await post<{ ticket_id: string }>(`/desk/${org}/calls`, {
      subject, department, note, ongoing: call.id, direction: call.direction, number: /\d/.test(call.number) ? call.number : '', started_at: call.rang_at,
      seconds: Math.max(0, Math.round((Date.now() - Date.parse(call.rang_at)) / 1_000)),
      ...(call.contact === null ? { contact_name } : { contact: call.contact.id }),
    });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
    toast.done(t('desk.call.noted'));
    onCreated(ticket_id);
  };
  return (
    <FormDialog title={t('caller.new_ticket')} submit_label={t('desk.create_ticket')} is_open required={{ subject: form.subject }} onClose={onClose} onSubmit={send}>
      {(faultOf) => (
        <>
          {call.contact === null
            ? may_add_contact && (
              <TextInput
                label={t('caller.name')} description={t('caller.name_help', { number: call.number })} data-autofocus maxLength={name_chars_max} autoComplete="off"
                value={form.contact_name} error={faultOf('contact_name') ?? faultOf('last_name')} onChange={(event) => set({ contact_name: event.currentTarget.value })}
              />
            )
            : <TextInput label={t('desk.contact')} value={call.contact.title} readOnly />}
          <TextInput
            label={t('desk.mail.subject')} withAsterisk data-autofocus={call.contact !== null || undefined} maxLength={subject_chars_max} value={form.subject} error={faultOf('subject')}
            onChange={(event) => set({ subject: event.currentTarget.value })}
          />
          <Select
            label={t('caller.department')} allowDeselect={false} value={form.department} error={faultOf('department')}
            data={departments.map(({ id, name }) => ({ value: id, label: name }))} onChange={(department) => set({ department: department ?? call.department_id })}
          />
          <Textarea label={t('desk.call.note')} description={t('desk.call.note_help')} autosize minRows={4} value={form.note} error={faultOf('note')} onChange={(event) => set({ note: event.currentTarget.value })} />
        </>
      )}
    </FormDialog>
  );
}
