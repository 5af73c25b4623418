import { Alert, MultiSelect, Select, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useLimit } from '@/api';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { chooseMarked, FormDialog, keep_open, useRefusalText, useToast } from '@/ui';
import { DoneMergeList } from './DoneMergeList';
import classes from './Merge.module.css';
import { MergePreviewList } from './MergePreviewList';
import { useMerge, useMergePreview } from './useMerge';
import { useTicketsToMerge } from './useTicketsToMerge';

const typing_ms = 180;

interface Choice {
  value: string;
  label: string;
}

interface MergeDialogProps {
  ticket: RecordData;
  /** Tickets that were chosen together: any of them may be the one that stays. */
  among?: { tickets: RecordData[]; onTicket: (id: string) => void; onMerged: () => void };
  onClose: () => void;
}

/** Other tickets become a part of this one: chosen, shown what will happen, done. */
export function MergeDialog({ ticket, among, onClose }: MergeDialogProps) {
  const { t } = useText();
  const tickets_max = useLimit('tickets_merged');
  const toast = useToast();
  const refusalText = useRefusalText();
  const [chosen, setChosen] = useState<Choice[]>(() => (among?.tickets ?? []).filter((each) => each.id !== ticket.id).map(choiceOf));
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), typing_ms);
  const found = useTicketsToMerge(ticket, settled);
  const data = [...chosen, ...found.filter((each) => !chosen.some((one) => one.value === each.value))];
  const ids = chosen.map((each) => each.value);
  const preview = useMergePreview(ticket.id, ids);
  const { merging, undoing } = useMerge(ticket);
  const number = asText(ticket.number) ?? '';
  const undo = (merge: string) => undoing.mutate(merge, { onSuccess: () => toast.done(t('merge.undone')), onError: toast.refused });
  const handleSubmit = async () => {
    if (preview.data === undefined) return keep_open;
    const merge = await merging.mutateAsync(preview.data).catch((error: unknown) => {
      void preview.refetch();
      throw error;
    });
    const message = t('merge.done', { count: ids.length, number });
    if (merge === null) toast.done(message);
    else toast.undoable(message, () => undo(merge));
    among?.onMerged();
    return undefined;
  };
  return (
    <FormDialog
      title={t('merge.title', { number })}
      is_open
      size="lg"
      submit_label={t('merge.submit')}
      required={{ tickets: ids.length === 0 ? '' : 'chosen' }}
      onClose={onClose}
      onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          <p className={classes.help}>{t('merge.help')}</p>
          {among && (
            <Select
              label={t('lists.merge_into')}
              data={among.tickets.map(choiceOf)}
              value={ticket.id}
              allowDeselect={false}
              onChange={(id) => id !== null && among.onTicket(id)}
            />
          )}
          <MultiSelect
            label={t('merge.tickets')}
            placeholder={ids.length === 0 ? t('merge.tickets_hint') : undefined}
            data={data}
            value={ids}
            onChange={(next) => setChosen(data.filter((each) => next.includes(each.value)))}
            error={faultOf('tickets')}
            searchable
            openOnFocus={false}
            filter={({ options }) => options}
            onSearchChange={setWords}
            onKeyDownCapture={chooseMarked}
            maxValues={tickets_max}
            nothingFoundMessage={t('ui.nothing_found')}
            data-autofocus
          />
          {ids.length > 0 && preview.isPending && <Skeleton height={70} radius="md" />}
          {ids.length > 0 && preview.error !== null && <Alert color="red" p="xs" role="alert">{refusalText(preview.error)}</Alert>}
          {ids.length > 0 && preview.data && preview.error === null && <MergePreviewList preview={preview.data} />}
          <DoneMergeList ticket={ticket.id} onUndo={undo} is_undoing={undoing.isPending} />
        </>
      )}
    </FormDialog>
  );
}

function choiceOf(ticket: RecordData): Choice {
  return { value: ticket.id, label: `#${asText(ticket.number)} ${ticket.title}` };
}
