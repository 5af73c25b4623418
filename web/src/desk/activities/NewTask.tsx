import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useText } from '@/i18n';
import { useCreateRecord } from '@/records';
import { useToast } from '@/ui';
import classes from './Activities.module.css';
import { endOfDay } from './task_groups';

/** A new task in one line: what, and until which day. Of a ticket, or of nothing but oneself. */
export function NewTask({ ticket }: { ticket?: string }) {
  const { t } = useText();
  const create = useCreateRecord('tasks');
  const toast = useToast();
  const [subject, setSubject] = useState('');
  const [day, setDay] = useState('');
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (subject.trim() === '') return;
    const values: Record<string, unknown> = { subject: subject.trim(), due_at: endOfDay(day) };
    if (ticket !== undefined) values.ticket = ticket;
    create.mutate(values, {
      onSuccess: () => {
        setSubject('');
        setDay('');
      },
      onError: toast.refused,
    });
  };
  return (
    <form className={classes.newTask} onSubmit={handleSubmit}>
      <TextInput className={classes.grow} aria-label={t('activities.new_task')} placeholder={t('activities.new_task')} value={subject} maxLength={255} onChange={(event) => setSubject(event.currentTarget.value)} />
      <TextInput type="date" aria-label={t('activities.due_on')} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      <Button type="submit" variant="default" disabled={subject.trim() === ''} loading={create.isPending}>{t('activities.add')}</Button>
    </form>
  );
}
