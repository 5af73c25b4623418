import { Modal } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMeta, useModule, useOrganisation } from '@/api';
import type { Linked } from '@/api';
import { asLinked, useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { RecordFormDialog, useCreateRecord } from '@/records';
import { useToast } from '@/ui';
import { personFromTyped } from '../common/typed_person';
import { NewTicketForm } from './NewTicketForm';
import { draftPlace, isWorthKeeping, keepTicketDraft, recallTicketDraft } from './ticket_draft';
import type { TicketDraft } from './ticket_draft';

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
  const org = useOrganisation();
  const contacts = useModule('contacts');
  const moduleLabel = useModuleLabel();
  const createContact = useCreateRecord('contacts');
  const toast = useToast();
  const { me } = useMeta();
  const place = draftPlace(org, me.agent_id, first?.id);
  const [kept, setKept] = useState(() => recallTicketDraft(place));
  const [contact, setContact] = useState<Linked | null>(kept?.contact ?? first);
  const [typed, setTyped] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const written = useRef<Omit<TicketDraft, 'contact'>>({ values: {}, files: [] });
  const is_sent = useRef(false);

  const keep = useCallback(() => {
    const draft = { ...written.current, contact };
    const is_kept = !is_sent.current && isWorthKeeping(draft);
    keepTicketDraft(place, is_kept ? draft : null);
    return is_kept;
  }, [contact, place]);
  useEffect(() => void keep(), [keep]);
  const handleChange = useCallback(
    (draft: Omit<TicketDraft, 'contact'>) => {
      written.current = draft;
      keep();
    },
    [keep],
  );
  const handleClose = () => {
    if (keep()) toast.done(t('desk.draft_kept'));
    onClose();
  };
  const handleStartOver = () => {
    written.current = { values: {}, files: [] };
    setContact(first);
    setKept(null);
    setRound(round + 1);
  };
  const handleCreated = (id: string) => {
    is_sent.current = true;
    keep();
    onClose();
    onCreated(id);
  };
  const handleCreate = async (values: Record<string, unknown>) => setContact(asLinked(await createContact.mutateAsync(values)));
  return (
    <>
      <Modal opened onClose={handleClose} title={t('desk.new_ticket')} size="xl" closeButtonProps={{ 'aria-label': t('ui.close') }} closeOnClickOutside={false}>
        <NewTicketForm
          key={round}
          department={department}
          contact={contact}
          kept={kept}
          onContact={setContact}
          onNewContact={setTyped}
          onChange={handleChange}
          onStartOver={handleStartOver}
          onClose={handleClose}
          onCreated={handleCreated}
        />
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
