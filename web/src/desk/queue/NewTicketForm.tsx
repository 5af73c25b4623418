import { Alert, Button, Collapse, Group, Input, Stack, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { faultsByField, findField, post, refusalOf, toRefusal, useMay, useOrganisation } from '@/api';
import type { Field, Linked } from '@/api';
import { changesFor, faultsIn, FieldInput, isMended, linkedId, useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { useCreateRecord } from '@/records';
import { FormActions, halfTyped, useFaultFocus, useFaultText, useRefusalText, useToast } from '@/ui';
import { AttachButton } from '../common/AttachButton';
import { FileTray } from '../common/FileTray';
import { TextWithFiles } from '../common/TextWithFiles';
import { useUploads } from '../common/useUploads';
import { ContactPicker } from './ContactPicker';
import classes from './Queue.module.css';
import type { TicketDraft } from './ticket_draft';
import { useNewTicket } from './useNewTicket';

interface NewTicketFormProps {
  department: string | null;
  contact: Linked | null;
  /** What was begun before. */
  kept: TicketDraft | null;
  onContact: (contact: Linked | null) => void;
  onNewContact: (typed: string) => void;
  onChange: (draft: Omit<TicketDraft, 'contact'>) => void;
  onStartOver: () => void;
  onClose: () => void;
  onCreated: (id: string) => void;
}

export function NewTicketForm(props: NewTicketFormProps) {
  const { department, contact, kept, onContact, onNewContact, onChange, onStartOver, onClose, onCreated } = props;
  const { t } = useText();
  const org = useOrganisation();
  const fieldLabel = useFieldLabel();
  const refusalText = useRefusalText();
  const faultText = useFaultText();
  const toast = useToast();
  const create = useCreateRecord('tickets');
  const uploads = useUploads(kept?.files);
  const ticket = useNewTicket(department, kept?.values ?? null);
  const { module, values, set } = ticket;
  const [refused, setRefused] = useState<unknown>(null);
  const form = useFaultFocus(refused);
  const [is_sending, setSending] = useState(false);
  const [is_opened, setWide] = useState(false);
  const may_create = useMay('create', 'tickets');
  const may_read_contacts = useMay('read', 'contacts');
  const hindrance = !may_create ? 'desk.may_not_create_help' : ticket.departments?.length === 0 ? 'desk.no_department_to_create' : null;
  const { files } = uploads;
  useEffect(() => onChange({ values, files }), [values, files, onChange]);

  const fields = [...ticket.fields.usual, ...ticket.fields.further];
  const faults = faultsByField(toRefusal(refused));
  const faultOf = (name: string) => {
    const fault = faults.get(name);
    const field = findField(module, name);
    // As the department asks for it, not as tickets in general.
    const asked = field && { ...field, required: field.required || ticket.required.includes(name) };
    return fault && !(asked && isMended(fault, asked, values[name])) ? faultText(fault, asked) : undefined;
  };
  const is_wide = is_opened || ticket.fields.further.some((field) => faults.has(field.name));
  const is_beside = [...fields.map((field) => field.name), 'contact', 'description'].some((name) => faults.has(name));
  const send = async () => {
    const given = fields.filter((field) => values[field.name] !== undefined && values[field.name] !== null);
    const changes = changesFor(given.map((field) => ({ field, value: values[field.name] })));
    if (contact) changes.contact = contact.id;
    if (values.description) changes.description = values.description;
    const record = await create.mutateAsync(changes);
    const attachment_ids = files.map((file) => file.id);
    if (attachment_ids.length > 0)
      await post(`/desk/${org}/tickets/${record.id}/attachments`, { attachment_ids }).catch(toast.refused);
    onCreated(record.id);
  };
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = [...halfTyped(event.currentTarget), ...faultsIn(fields, values)];
    if (found.length > 0) return setRefused(refusalOf(found));
    setSending(true);
    setRefused(null);
    send().catch((error: unknown) => {
      setRefused(error);
      setSending(false);
    });
    return undefined;
  };
  const input = (field: Field) => (
    <FieldInput
      key={field.name}
      module="tickets"
      field={field}
      label={fieldLabel('tickets', field)}
      value={values[field.name] ?? null}
      choices={field.name === 'department' ? ticket.departments : field.name === 'owner' ? (ticket.owners ?? []) : undefined}
      department={linkedId(values.department)}
      error={faultOf(field.name)}
      onChange={(value) => set(field.name, value)}
    />
  );
  const description = findField(module, 'description');
  const label = description ? fieldLabel('tickets', description) : '';
  return (
    <form ref={form} onSubmit={handleSubmit} noValidate>
      <Stack gap="sm">
        {kept !== null && (
          <Group justify="space-between" className={classes.kept} role="status">
            <span>{t('desk.draft_back')}</span>
            <Button variant="default" size="compact-sm" onClick={onStartOver}>{t('desk.start_over')}</Button>
          </Group>
        )}
        {hindrance !== null && <Alert color="red.8" role="alert" title={t('desk.may_not_create')}>{t(hindrance)}</Alert>}
        {hindrance === null && refused !== null && !is_beside && <Alert color="red.8" role="alert">{refusalText(refused)}</Alert>}
        {(may_read_contacts || contact !== null || ticket.required.includes('contact')) && <ContactPicker value={contact} onChange={onContact} onCreate={onNewContact} error={faultOf('contact')} />}
        {ticket.fields.usual.filter((field) => field.name === 'subject').map(input)}
        <Input.Wrapper label={label} labelElement="div" error={faultOf('description')}>
          <TextWithFiles
            label={label}
            html={typeof values.description === 'string' ? values.description : ''}
            onChange={(html) => set('description', html)}
            uploads={uploads}
          />
        </Input.Wrapper>
        {ticket.fields.sections.map((section, at) => (
          <Fragment key={at}>
            {section.label !== '' && <h3 className={classes.sectionTitle}>{section.label}</h3>}
            <div className={classes.formGrid}>{section.fields.filter((field) => field.name !== 'subject').map(input)}</div>
          </Fragment>
        ))}
        {ticket.fields.further.length > 0 && (
          <>
            <UnstyledButton className={classes.more} aria-expanded={is_wide} onClick={() => setWide(!is_wide)}>
              {is_wide ? <IconChevronDown size={14} aria-hidden="true" /> : <IconChevronRight size={14} aria-hidden="true" />}
              {t('desk.more_fields')}
            </UnstyledButton>
            <Collapse expanded={is_wide}><div className={classes.formGrid}>{ticket.fields.further.map(input)}</div></Collapse>
          </>
        )}
        <FileTray uploads={uploads} />
      </Stack>
      <FormActions submit_label={t('desk.create_ticket')} is_sending={is_sending} is_disabled={hindrance !== null || uploads.sending.length > 0} onCancel={onClose}>
        <AttachButton onFiles={(wanted) => uploads.add(wanted)} />
      </FormActions>
    </form>
  );
}
