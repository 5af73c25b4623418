import { Button, Menu, Skeleton, Textarea } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { FormEvent } from 'react';
import { condition, keep, recall, useMay, useMeta } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText } from '@/fields';
import { useText } from '@/i18n';
import { useCreateRecord, useDeleteWithUndo, useRecords } from '@/records';
import { Avatar, EmptyState, ErrorState, RelativeTime, RowMenu, useToast } from '@/ui';
import classes from './Record.module.css';

const note_chars_max = 32_000;

/** What colleagues noted about a record, the newest first. `field` names the record in a note. */
export function NotesPanel({ field, record }: { field: string; record: RecordData }) {
  const { t } = useText();
  const may_create = useMay('create', 'notes');
  const query = useMemo(() => ({ filter: condition(field, 'is', record.id), sort: '-created_at' }), [field, record.id]);
  const list = useRecords('notes', query);
  return (
    <div className={classes.padded}>
      {may_create && <NoteForm field={field} record={record} onNoted={list.reload} />}
      {list.is_loading && <Skeleton height={80} mt="md" />}
      {list.error && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.is_loading && !list.error && list.records.length === 0 && (
        <EmptyState icon={<IconNote size={22} />} title={t('crm.notes.none')}>{t('crm.notes.none_help')}</EmptyState>
      )}
      <ul className={classes.notes}>{list.records.map((note) => <NoteCard key={note.id} note={note} />)}</ul>
      {list.has_more && <Button mt="sm" size="compact-sm" variant="subtle" loading={list.is_fetching_more} onClick={list.fetchMore}>{t('ui.load_more')}</Button>}
    </div>
  );
}

function NoteForm({ field, record, onNoted }: { field: string; record: RecordData; onNoted: () => void }) {
  const { t } = useText();
  const toast = useToast();
  const create = useCreateRecord('notes');
  const { me, organisation } = useMeta();
  const place = `tandem.note.${organisation.id}.${me.agent_id}.${record.id}`;
  const [text, setTyped] = useState(() => recall('tab', place) ?? '');
  // Another tab of the record, or a reload, must not lose what somebody writes.
  const setText = (typed: string) => {
    setTyped(typed);
    keep('tab', place, typed === '' ? null : typed);
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    create.mutate({ content: text.trim(), [field]: record.id }, {
      onSuccess: () => {
        setText('');
        onNoted();
      },
      onError: toast.refused,
    });
  };
  return (
    <form onSubmit={handleSubmit}>
      <Textarea
        label={t('crm.notes.new')} placeholder={t('crm.notes.placeholder')} autosize minRows={2} maxRows={10} maxLength={note_chars_max}
        value={text} onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" mt="xs" size="compact-md" loading={create.isPending} disabled={text.trim() === ''}>{t('crm.notes.add')}</Button>
    </form>
  );
}

function NoteCard({ note }: { note: RecordData }) {
  const { t } = useText();
  const removeWithUndo = useDeleteWithUndo('notes');
  const owner = asLinked(note.owner);
  const title = asText(note.note_title);
  const created_at = asText(note.created_at);
  return (
    <li className={classes.noteCard}>
      <div className={classes.noteHead}>
        <Avatar name={owner?.title ?? ''} size="small" />
        <span>{owner?.title}</span>
        {created_at !== null && <RelativeTime at={created_at} className={classes.dim} />}
        {note.may.includes('delete') && (
          <RowMenu label={t('crm.notes.acts')}><Menu.Item onClick={() => void removeWithUndo(note)}>{t('ui.delete')}</Menu.Item></RowMenu>
        )}
      </div>
      {title !== null && <b>{title}</b>}
      <p className={classes.noteText}>{asText(note.content)}</p>
    </li>
  );
}
