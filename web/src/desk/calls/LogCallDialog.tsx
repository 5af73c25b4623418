import { Button, Group, NumberInput, SegmentedControl, Select, TextInput, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys, post, useOrganisation } from '@/api';
import type { OngoingCall } from '@/api';
import { useText } from '@/i18n';
import { FormDialog, useToast } from '@/ui';
import { clockWords } from './call_clock';

interface LogCallDialogProps {
  ticket: string;
  number: string;
  /** The call itself, when a telephone system told of it. */
  ongoing?: OngoingCall;
  onClose: () => void;
}

const results = ['answered', 'missed', 'busy', 'voicemail'] as const;

/** Notes a call while it lasts: the clock runs from when the dialog was opened until it is stopped or the call is saved. */
export function LogCallDialog({ ticket, number: known, ongoing, onClose }: LogCallDialogProps) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const [started_at] = useState(() => (ongoing === undefined ? Date.now() : Date.parse(ongoing.rang_at)));
  const [now, setNow] = useState(() => Date.now());
  const [stopped, setStopped] = useState<number | null>(null);
  const [form, setForm] = useState({ direction: ongoing?.direction ?? 'in', number: /\d/.test(known) ? known : '', result: 'answered', note: '' });
  const set = (changes: Partial<typeof form>) => setForm((before) => ({ ...before, ...changes }));
  const is_running = stopped === null;
  useEffect(() => {
    if (!is_running) return undefined;
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, [is_running]);
  const running = Math.round((now - started_at) / 1_000);
  const send = async () => {
    const seconds = stopped ?? Math.round((Date.now() - started_at) / 1_000);
    await post(`/desk/${org}/tickets/${ticket}/calls`, { ...form, seconds, started_at: new Date(started_at).toISOString(), ...(ongoing === undefined ? {} : { ongoing: ongoing.id }) });
    void cache.invalidateQueries({ queryKey: keys.timeline(org, ticket) });
    toast.done(t('desk.call.noted'));
  };
  return (
    <FormDialog title={t('desk.call.title')} submit_label={t('desk.call.save')} is_open onClose={onClose} onSubmit={send}>
      {(faultOf) => (
        <>
          <SegmentedControl
            aria-label={t('desk.call.direction')} fullWidth value={form.direction} onChange={(direction) => set({ direction })}
            data={[{ value: 'in', label: t('desk.call.in') }, { value: 'out', label: t('desk.call.out') }]}
          />
          {is_running
            ? (
              <Group justify="space-between">
                <span role="timer">{t('desk.call.clock', { time: clockWords(running) })}</span>
                <Button variant="default" size="compact-sm" onClick={() => setStopped(running)}>{t('desk.call.stop')}</Button>
              </Group>
            )
            : (
              <NumberInput
                label={t('desk.call.seconds')} min={0} max={86_400} allowDecimal={false} value={stopped} error={faultOf('seconds')}
                onChange={(value) => setStopped(Number(value))}
              />
            )}
          <TextInput
            label={t('desk.call.number')} type="tel" autoComplete="off" value={form.number} error={faultOf('number')}
            onChange={(event) => set({ number: event.currentTarget.value })}
          />
          <Select
            label={t('desk.call.result')} allowDeselect={false} value={form.result} error={faultOf('result')}
            data={results.map((word) => ({ value: word, label: t(`desk.call.${word}`) }))} onChange={(result) => set({ result: result ?? 'answered' })}
          />
          <Textarea
            label={t('desk.call.note')} description={t('desk.call.note_help')} data-autofocus autosize minRows={4} value={form.note}
            error={faultOf('note')} onChange={(event) => set({ note: event.currentTarget.value })}
          />
        </>
      )}
    </FormDialog>
  );
}
