import { Alert, MultiSelect, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useText } from '@/i18n';
import { DoneMergeList } from '@/records';
import { chooseMarked, FormDialog, keep_open, useRefusalText, useToast } from '@/ui';
import classes from '../merge/Merge.module.css';
import { ContactMergeChoices } from './ContactMergeChoices';
import { useContactMerge, useContactMergePreview, useContactsToMerge, useDoneContactMerges } from './useContactMerge';

const typing_ms = 180;
const contacts_max = 4;

interface Choice {
  value: string;
  label: string;
}

interface ContactMergeDialogProps {
  contact: { id: string; title: string };
  /** Contacts that are chosen already, such as a possible duplicate. */
  first?: Choice[];
  onClose: () => void;
}

/** Other contacts become this one: chosen, shown field by field, done. */
export function ContactMergeDialog({ contact, first = [], onClose }: ContactMergeDialogProps) {
  const { t } = useText();
  const toast = useToast();
  const refusalText = useRefusalText();
  const [chosen, setChosen] = useState<Choice[]>(first);
  const [winners, setWinners] = useState<Record<string, string>>({});
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), typing_ms);
  const found = useContactsToMerge(contact.id, settled);
  const data = [...chosen, ...found.filter((each) => !chosen.some((one) => one.value === each.value))];
  const ids = chosen.map((each) => each.value);
  const preview = useContactMergePreview(contact.id, ids, winners);
  const done = useDoneContactMerges(contact.id);
  const { merging, undoing } = useContactMerge(contact.id);
  const name = contact.title;
  const undo = (merge: string) => undoing.mutate(merge, { onSuccess: () => toast.done(t('contacts.merge.undone')), onError: toast.refused });
  const choose = (next: string[]) => {
    setChosen(data.filter((each) => next.includes(each.value)));
    setWinners(Object.fromEntries(Object.entries(winners).filter(([, winner]) => winner === contact.id || next.includes(winner))));
  };
  const handleSubmit = async () => {
    // The last choice may still be on its way.
    const seen = preview.isPlaceholderData ? (await preview.refetch()).data : preview.data;
    if (seen === undefined) return keep_open;
    const merge = await merging.mutateAsync({ preview: seen, winners }).catch((error: unknown) => {
      void preview.refetch();
      throw error;
    });
    const message = t('contacts.merge.done', { count: ids.length, name });
    if (merge === null) toast.done(message);
    else toast.undoable(message, () => undo(merge));
    return undefined;
  };
  return (
    <FormDialog
      title={t('contacts.merge.title', { name })}
      is_open
      size="lg"
      submit_label={t('merge.submit')}
      required={{ contacts: ids.length === 0 ? '' : 'chosen' }}
      onClose={onClose}
      onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          <p className={classes.help}>{t('contacts.merge.help')}</p>
          <MultiSelect
            label={t('contacts.merge.contacts')}
            placeholder={ids.length === 0 ? t('contacts.merge.contacts_hint') : undefined}
            data={data}
            value={ids}
            onChange={choose}
            error={faultOf('contacts')}
            searchable
            openOnFocus={false}
            filter={({ options }) => options}
            onSearchChange={setWords}
            onKeyDownCapture={chooseMarked}
            maxValues={contacts_max}
            nothingFoundMessage={t('ui.nothing_found')}
            data-autofocus
          />
          {ids.length > 0 && preview.isPending && <Skeleton height={70} radius="md" />}
          {ids.length > 0 && preview.error !== null && <Alert color="red" p="xs" role="alert">{refusalText(preview.error)}</Alert>}
          {ids.length > 0 && preview.data && preview.error === null && (
            <ContactMergeChoices preview={preview.data} winners={winners} onChoose={(field, winner) => setWinners({ ...winners, [field]: winner })} />
          )}
          <DoneMergeList merges={done.map(({ id, at, contacts }) => ({ id, at, titles: contacts.map((each) => each.title) }))} onUndo={undo} is_undoing={undoing.isPending} />
        </>
      )}
    </FormDialog>
  );
}
