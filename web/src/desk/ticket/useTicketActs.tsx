import { IconCheck, IconRotate, IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { keys, post, putRecord, useMeta, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useDeleteWithUndo, useSaveRecord } from '@/records';
import { useCommands, useToast } from '@/ui';
import { neighbours, recallQueue } from '../queue/queue_memory';
import { useAfterClose } from './useAfterClose';

/** What can be done with a ticket as a whole, by button and by key. */
export function useTicketActs(ticket: RecordData) {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const { me } = useMeta();
  const save = useSaveRecord('tickets');
  const removeWithUndo = useDeleteWithUndo('tickets');
  const afterClose = useAfterClose();
  const queue = useMemo(() => recallQueue(org), [org]);
  const { previous, next, place } = neighbours(queue, ticket.id);
  const queue_address = queue?.address ?? `/desk/${org}/tickets`;
  const go = (id: string | null) => id !== null && void navigate(`/desk/${org}/tickets/${id}`);
  const goOn = () => afterClose.goOn(ticket.id);
  const turn = useMutation({
    mutationFn: (act: 'close' | 'reopen') => post<RecordData>(`/desk/${org}/tickets/${ticket.id}/${act}`),
    onSuccess: (record, act) => {
      putRecord(cache, org, record);
      void cache.invalidateQueries({ queryKey: keys.record(org, 'tickets', ticket.id) });
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
      if (act === 'reopen') return;
      toast.undoable(t('desk.closed', { number: String(ticket.number) }), () => turn.mutate('reopen'));
      goOn();
    },
    onError: toast.refused,
  });
  const close = () => turn.mutate('close');
  const reopen = () => turn.mutate('reopen');
  const remove = () => {
    const back = `/desk/${org}/tickets/${ticket.id}`;
    // First away from it, so that nothing on this page asks for a ticket that is gone.
    void Promise.resolve(navigate(queue_address))
      .then(() => removeWithUndo(ticket, () => void navigate(back)))
      .then((is_gone) => {
        if (!is_gone) void navigate(back);
      });
  };
  const group = t('desk.this_ticket');
  const may = (act: string) => ticket.may.includes(act);
  useCommands([
    { id: 'ticket.next', label: t('desk.next_ticket'), group, keys: 'j', hidden_in_palette: true, run: () => go(next) },
    { id: 'ticket.previous', label: t('desk.previous_ticket'), group, keys: 'k', hidden_in_palette: true, run: () => go(previous) },
    { id: 'ticket.queue', label: t('desk.back_to_queue'), group, keys: 'u', hidden_in_palette: true, run: () => void navigate(queue_address) },
    ...(may('close') ? [{ id: 'ticket.close', label: t('desk.close'), group, keys: 'e', icon: <IconCheck size={16} />, run: close }] : []),
    ...(may('reopen') ? [{ id: 'ticket.reopen', label: t('desk.reopen'), group, keys: 'shift+e', icon: <IconRotate size={16} />, run: reopen }] : []),
    ...(may('take')
      ? [{
          id: 'ticket.take', label: t('desk.take'), group, keys: 'i', icon: <IconUserPlus size={16} />,
          run: () => save.mutate({ id: ticket.id, changes: { owner: me.agent_id } }, { onError: toast.refused }),
        }]
      : []),
  ]);
  return {
    previous, next, place, queue_address, goNext: () => go(next), goPrevious: () => go(previous), goOn, close, reopen, remove,
    is_turning: turn.isPending,
  };
}
