import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useModule } from '@/api';
import type { Linked } from '@/api';
import { asLinked, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { RecordFormDialog, useCreateRecord } from '@/records';
import { personFromTyped } from '../common/typed_person';
import { NewTicketForm } from './NewTicketForm';

interface NewTicketDialogProps {
  department: string | null;
  contact?: Linked | null;
  onClose: () => void;
  onCreated: (id: string) => void;
}

const contact_fields = ['first_name', 'last_name', 'email', 'phone', 'account'];

/** A ticket for somebody who called or stands at the desk; the contact can be created on the way. */
export function NewTicketDialog({ department, contact: first = null, onClose, onCreated }: NewTicketDialogProps) {
  const { t } = useText();
  const contacts = useModule('contacts');
  const moduleLabel = useModuleLabel();
  const createContact = useCreateRecord('contacts');
  const [contact, setContact] = useState<Linked | null>(first);
  const [typed, setTyped] = useState<string | null>(null);
  const handleCreate = async (values: Record<string, unknown>) => setContact(asLinked(await createContact.mutateAsync(values)));
  return (
    <>
      <Modal opened onClose={onClose} title={t('desk.new_ticket')} size="xl" closeButtonProps={{ 'aria-label': t('ui.close') }} closeOnClickOutside={false}>
        <NewTicketForm department={department} contact={contact} onContact={setContact} onNewContact={setTyped} onClose={onClose} onCreated={onCreated} />
      </Modal>
      <RecordFormDialog
        module={contacts}
        title={t('records.new', { module: moduleLabel(contacts, 'one') })}
        fields={contact_fields}
        values={{ ...personFromTyped(typed ?? '') }}
        submit_label={t('ui.create')}
        is_open={typed !== null}
        onClose={() => setTyped(null)}
        onSubmit={handleCreate}
      />
    </>
  );
}
