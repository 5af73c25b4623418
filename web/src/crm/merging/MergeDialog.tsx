import { Alert, MultiSelect, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useModule } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { DoneMergeList, MergeChoices } from '@/records';
import { chooseMarked, FormDialog, keep_open, useRefusalText, useToast } from '@/ui';
import type { SalesModuleName } from '../sales_modules';
import type { RecordMergePreview } from './merge_types';
import classes from './Merging.module.css';
import { useDoneRecordMerges, useRecordMerge, useRecordMergePreview, useRecordsToMerge } from './useRecordMerge';

const typing_ms = 180;
const records_max = 4;

interface Choice {
  value: string;
  label: string;
}

interface MergeDialogProps {
  module: SalesModuleName;
  record: { id: string; title: string };
  /** Records that are chosen already, such as a possible duplicate. */
  first?: Choice[];
  onClose: () => void;
}

/** Other records become this one: chosen, shown field by field, done. */
export function MergeDialog({ module, record, first = [], onClose }: MergeDialogProps) {
  const { t } = useText();
  const toast = useToast();
  const refusalText = useRefusalText();
  const label = useModuleLabel()(useModule(module), 'within');
  const [chosen, setChosen] = useState<Choice[]>(first);
  const [winners, setWinners] = useState<Record<string, string>>({});
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), typing_ms);
  const found = useRecordsToMerge(module, record.id, settled);
  const data = [...chosen, ...found.filter((each) => !chosen.some((one) => one.value === each.value))];
  const ids = chosen.map((each) => each.value);
  const preview = useRecordMergePreview(module, record.id, ids, winners);
  const done = useDoneRecordMerges(module, record.id);
  const { merging, undoing } = useRecordMerge(module, record.id);
  const undo = (merge: string) => undoing.mutate(merge, { onSuccess: () => toast.done(t('crm.merge.undone')), onError: toast.refused });
  const choose = (next: string[]) => {
    setChosen(data.filter((each) => next.includes(each.value)));
    setWinners(Object.fromEntries(Object.entries(winners).filter(([, winner]) => winner === record.id || next.includes(winner))));
  };
  const handleSubmit = async () => {
    // The last choice may still be on its way.
    const seen = preview.isPlaceholderData ? (await preview.refetch()).data : preview.data;
    if (seen === undefined) return keep_open;
    const merge = await merging.mutateAsync({ preview: seen, winners }).catch((error: unknown) => {
      void preview.refetch();
      throw error;
    });
    const message = t('crm.merge.done', { name: record.title });
    if (merge === null) toast.done(message);
    else toast.undoable(message, () => undo(merge));
    return undefined;
  };
  return (
    <FormDialog
      title={t('crm.merge.title', { name: record.title })} is_open size="lg" submit_label={t('merge.submit')}
      required={{ records: ids.length === 0 ? '' : 'chosen' }} onClose={onClose} onSubmit={handleSubmit}
    >
      {(faultOf) => (
        <>
          <p className={classes.help}>{t('crm.merge.help')}</p>
          <MultiSelect
            label={t('crm.merge.records', { module: label })} placeholder={ids.length === 0 ? t('crm.merge.hint') : undefined} data={data} value={ids} onChange={choose}
            error={faultOf('records')} searchable openOnFocus={false} filter={({ options }) => options} onSearchChange={setWords} onKeyDownCapture={chooseMarked}
            maxValues={records_max} nothingFoundMessage={t('ui.nothing_found')} data-autofocus
          />
          {ids.length > 0 && preview.isPending && <Skeleton height={70} radius="md" />}
          {ids.length > 0 && preview.error !== null && <Alert color="red" p="xs" role="alert">{refusalText(preview.error)}</Alert>}
          {ids.length > 0 && preview.data && preview.error === null && (
            <Preview module={module} preview={preview.data} winners={winners} onChoose={(field, winner) => setWinners({ ...winners, [field]: winner })} />
          )}
          <DoneMergeList merges={done.map(({ id, at, records }) => ({ id, at, titles: records.map((each) => each.title) }))} onUndo={undo} is_undoing={undoing.isPending} />
        </>
      )}
    </FormDialog>
  );
}

interface PreviewProps {
  module: SalesModuleName;
  preview: RecordMergePreview;
  winners: Record<string, string>;
  onChoose: (field: string, record: string) => void;
}

function Preview({ module, preview, winners, onChoose }: PreviewProps) {
  const { t } = useText();
  const choices = preview.fields.map(({ name, winner, values }) => ({ name, winner, values: values.map(({ record, text }) => ({ of: record, text })) }));
  return (
    <>
      <MergeChoices
        module={module} choices={choices} winners={winners} onChoose={onChoose}
        nameOf={(id) => [preview.target, ...preview.records].find((each) => each.id === id)?.title ?? ''}
      />
      <section className={classes.preview} aria-label={t('merge.what_happens')} aria-live="polite">
        <h3 className={classes.heading}>{t('merge.what_happens')}</h3>
        <ul className={classes.list}>
          <li>{t('crm.merge.follows')}</li>
          <li>{t('crm.merge.bin')}</li>
          <li>{t('merge.sends_nothing')}</li>
        </ul>
      </section>
    </>
  );
}
