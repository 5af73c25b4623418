import { Checkbox, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { refusalOf, useMeta } from '@/api';
import { useText } from '@/i18n';
import { FormDialog } from '@/ui';
import { hoursAndMinutes, secondsTyped } from './duration';
import type { TimeDraft, TimeEntry } from './useTicketTime';

interface TimeDialogProps {
  title: string;
  /** What is changed; null for new time. */
  entry: TimeEntry | null;
  /** What a stopwatch measured. */
  measured?: number;
  may_choose_agent: boolean;
  onClose: () => void;
  onSave: (draft: TimeDraft) => Promise<unknown>;
}

/** Worked time by hand: how long, when, billable or not, a note, and for whom where one may. */
export function TimeDialog({ title, entry, measured, may_choose_agent, onClose, onSave }: TimeDialogProps) {
  const { t } = useText();
  const { agents, me } = useMeta();
  const known = entry?.seconds ?? measured;
  const [length, setLength] = useState(known === undefined ? '' : hoursAndMinutes(Math.max(known, 60)));
  const [worked_at, setWorkedAt] = useState<string | null>(entry === null ? null : localText(entry.worked_at));
  const [is_billable, setBillable] = useState(entry?.is_billable ?? true);
  const [note, setNote] = useState(entry?.note ?? '');
  const [agent, setAgent] = useState(entry?.agent.id ?? me.agent_id);
  const asks_when = measured === undefined;
  const send = () => {
    // What was only rounded for showing stays as it was measured.
    const is_untouched = known !== undefined && length === hoursAndMinutes(Math.max(known, 60));
    const seconds = is_untouched ? known : secondsTyped(length);
    if (seconds === null) throw refusalOf([{ field: 'seconds', code: 'not_a_length', message: '' }]);
    const draft: TimeDraft = { seconds, is_billable, note };
    if (worked_at !== null) draft.worked_at = new Date(worked_at).toISOString();
    if (may_choose_agent) draft.agent = agent;
    return onSave(draft);
  };
  return (
    <FormDialog title={title} submit_label={t('ui.save')} required={{ seconds: length }} is_open onClose={onClose} onSubmit={async () => send()}>
      {(faultOf) => (
        <>
          <TextInput
            label={t('time.length')} description={t('time.length_help')} required withAsterisk={false} data-autofocus value={length} error={faultOf('seconds')}
            onChange={(event) => setLength(event.currentTarget.value)}
          />
          {asks_when && (
            <TextInput
              type="datetime-local" name="worked_at" label={t('time.worked_at')} description={t('time.worked_at_help')} value={worked_at ?? ''} error={faultOf('worked_at')}
              onChange={(event) => setWorkedAt(event.currentTarget.value === '' ? null : event.currentTarget.value)}
            />
          )}
          {asks_when && may_choose_agent && (
            <Select
              label={t('time.agent')} allowDeselect={false} searchable value={agent} error={faultOf('agent')}
              data={agents.filter((each) => each.status === 'active' || each.id === agent).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(id) => setAgent(id ?? me.agent_id)}
            />
          )}
          <Textarea label={t('time.note')} autosize minRows={2} value={note} error={faultOf('note')} onChange={(event) => setNote(event.currentTarget.value)} />
          <Checkbox label={t('time.billable')} checked={is_billable} onChange={(event) => setBillable(event.currentTarget.checked)} />
        </>
      )}
    </FormDialog>
  );
}

/** "2026-03-02T09:30" in the time of this browser, as the input has it. */
function localText(at: string): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
