import { Checkbox, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { keys, post, putRecord, useOrganisation } from '@/api';
import type { RecordData, ThreadItem } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { FormDialog, useToast } from '@/ui';
import classes from './Merge.module.css';

interface SplitDialogProps {
  ticket: string;
  item: ThreadItem;
  onClose: () => void;
}

/** A message about another matter becomes a ticket of its own. */
export function SplitDialog({ ticket, item, onClose }: SplitDialogProps) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [subject, setSubject] = useState(item.subject);
  const [follows, setFollows] = useState(false);
  const handleSubmit = async () => {
    const made = await post<RecordData>(`/desk/${org}/tickets/${ticket}/threads/${item.id}/split`, { subject, and_what_follows: follows });
    putRecord(cache, org, made);
    void cache.invalidateQueries({ queryKey: keys.module(org, 'tickets') });
    void cache.invalidateQueries({ queryKey: keys.allViews(org) });
    toast.offering(t('merge.split.done', { number: asText(made.number) }), t('merge.split.open'), () => void navigate(`/desk/${org}/tickets/${made.id}`));
  };
  return (
    <FormDialog title={t('merge.split.title')} is_open submit_label={t('merge.split.submit')} required={{ subject }} onClose={onClose} onSubmit={handleSubmit}>
      {(faultOf) => (
        <>
          <p className={classes.help}>{t('merge.split.help')}</p>
          <TextInput label={t('merge.split.subject')} value={subject} maxLength={255} error={faultOf('subject')} onChange={(event) => setSubject(event.currentTarget.value)} data-autofocus />
          <Checkbox label={t('merge.split.follows')} checked={follows} onChange={(event) => setFollows(event.currentTarget.checked)} />
        </>
      )}
    </FormDialog>
  );
}
