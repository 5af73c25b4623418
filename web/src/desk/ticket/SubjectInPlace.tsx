import { TextInput, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { findField, useModule } from '@/api';
import type { RecordData } from '@/api';
import { mayWrite } from '@/fields';
import { useText } from '@/i18n';
import { useSaveField } from '@/records';
import { useToast } from '@/ui';
import classes from './Ticket.module.css';

/** The subject as the heading of the page; pressed, it is edited where it stands. */
export function SubjectInPlace({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const module = useModule('tickets');
  const field = findField(module, 'subject');
  const { saveFields, saving } = useSaveField(module);
  const toast = useToast();
  const [draft, setDraft] = useState<string | null>(null);
  /** As it was when the edit began. */
  const base = useRef(ticket);
  const is_given_up = useRef(false);
  const may_write = field !== undefined && mayWrite(ticket, field);
  const handleDone = () => {
    const subject = draft?.trim() ?? '';
    if (!is_given_up.current && field !== undefined && subject !== base.current.title) {
      if (subject === '') toast.failed(t('desk.subject_stays'));
      else saveFields(base.current, [{ field, value: subject }]).catch(toast.refused);
    }
    setDraft(null);
  };
  if (draft !== null)
    return (
      <TextInput
        className={classes.subjectInput}
        aria-label={t('desk.subject')}
        autoFocus
        maxLength={field?.max_chars}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={handleDone}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || !['Enter', 'Escape'].includes(event.key)) return;
          is_given_up.current = event.key === 'Escape';
          event.currentTarget.blur();
        }}
      />
    );
  const words = typeof saving?.subject === 'string' ? saving.subject : ticket.title;
  return (
    <h1 className={classes.subject}>
      {may_write ? (
        <UnstyledButton
          className={classes.subjectButton}
          title={t('records.edit_field', { field: t('desk.subject') })}
          onClick={() => {
            is_given_up.current = false;
            base.current = ticket;
            setDraft(ticket.title);
          }}
        >
          {words}
        </UnstyledButton>
      ) : words}
    </h1>
  );
}
