import { Alert, Input, Stack } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { faultsByField, findField, post, toRefusal, useMeta, useModule, useOrganisation } from '@/api';
import type { Linked } from '@/api';
import { changesFor, FieldInput, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { useCreateRecord } from '@/records';
import { FormActions, useFaultFocus, useFaultText, useRefusalText, useToast } from '@/ui';
import { AttachButton } from '../common/AttachButton';
import { FileTray } from '../common/FileTray';
import { TextWithFiles } from '../common/TextWithFiles';
import { useUploads } from '../common/useUploads';
import { ContactPicker } from './ContactPicker';
import classes from './Queue.module.css';

interface NewTicketFormProps {
  department: string | null;
  contact: Linked | null;
  onContact: (contact: Linked | null) => void;
  onNewContact: (typed: string) => void;
  onClose: () => void;
  onCreated: (id: string) => void;
}

const usual_fields = ['subject', 'department', 'priority', 'owner'];

export function NewTicketForm({ department, contact, onContact, onNewContact, onClose, onCreated }: NewTicketFormProps) {
  const { t } = useText();
  const org = useOrganisation();
  const { me, departments } = useMeta();
  const module = useModule('tickets');
  const fieldLabel = useFieldLabel();
  const refusalText = useRefusalText();
  const faultText = useFaultText();
  const toast = useToast();
  const create = useCreateRecord('tickets');
  const uploads = useUploads();
  const [refused, setRefused] = useState<unknown>(null);
  const form = useFaultFocus(refused);
  const [is_sending, setSending] = useState(false);
  const [values, setValues] = useState<Record<string, unknown>>(() => {
    const own = departments.find((each) => each.id === (department ?? me.department_ids[0]));
    return { department: own ? { id: own.id, title: own.name } : null };
  });
  const faults = faultsByField(toRefusal(refused));
  const faultOf = (name: string) => {
    const fault = faults.get(name);
    return fault && faultText(fault, findField(module, name));
  };
  const set = (name: string, value: unknown) => setValues((before) => ({ ...before, [name]: value }));
  const writable = module.fields.filter((field) => !field.read_only && field.kind !== 'auto_number');
  const asked_too = writable.filter((field) => field.required && field.custom);
  const fields = [...usual_fields.flatMap((name) => writable.find((field) => field.name === name) ?? []), ...asked_too];
  const is_beside = [...fields.map((field) => field.name), 'contact', 'description'].some((name) => faults.has(name));

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setRefused(null);
    try {
      const given = fields.filter((field) => values[field.name] !== undefined && values[field.name] !== null);
      const changes = changesFor(given.map((field) => ({ field, value: values[field.name] })));
      if (contact) changes.contact = contact.id;
      if (values.description) changes.description = values.description;
      const record = await create.mutateAsync(changes);
      const attachment_ids = uploads.files.map((file) => file.id);
      if (attachment_ids.length > 0)
        await post(`/desk/${org}/tickets/${record.id}/attachments`, { attachment_ids }).catch(toast.refused);
      onClose();
      onCreated(record.id);
    } catch (error) {
      setRefused(error);
      setSending(false);
    }
  };
  const input = (name: string) => {
    const field = fields.find((each) => each.name === name);
    return field && (
      <FieldInput
        key={name}
        module="tickets"
        field={field}
        label={fieldLabel('tickets', field)}
        value={values[name] ?? null}
        error={faultOf(name)}
        onChange={(value) => set(name, value)}
      />
    );
  };
  const description = findField(module, 'description');
  return (
    <form ref={form} onSubmit={(event) => void handleSubmit(event)} noValidate>
      <Stack gap="sm">
        {refused !== null && !is_beside && <Alert color="red.8" role="alert">{refusalText(refused)}</Alert>}
        <ContactPicker value={contact} onChange={onContact} onCreate={onNewContact} error={faultOf('contact')} />
        {input('subject')}
        <Input.Wrapper label={description ? fieldLabel('tickets', description) : ''} labelElement="div" error={faultOf('description')}>
          <TextWithFiles
            label={description ? fieldLabel('tickets', description) : ''}
            html={typeof values.description === 'string' ? values.description : ''}
            onChange={(html) => set('description', html)}
            uploads={uploads}
          />
        </Input.Wrapper>
        <div className={classes.formGrid}>
          {input('department')}{input('priority')}{input('owner')}
          {asked_too.map((field) => input(field.name))}
        </div>
        <FileTray uploads={uploads} />
      </Stack>
      <FormActions submit_label={t('desk.create_ticket')} is_sending={is_sending} is_disabled={uploads.sending.length > 0} onCancel={onClose}>
        <AttachButton onFiles={(files) => uploads.add(files)} />
      </FormActions>
    </form>
  );
}
