import { useLocalStorage } from '@mantine/hooks';
import { useNavigate } from 'react-router';
import { useOrganisation } from '@/api';
import { neighbours, recallQueue } from '../queue/queue_memory';

export const after_close_words = ['next', 'queue', 'stay'] as const;
type AfterClose = (typeof after_close_words)[number];

/** Where the person goes when a ticket is done: to the next one, back to the queue, or nowhere. */
export function useAfterClose() {
  const org = useOrganisation();
  const navigate = useNavigate();
  const [stored, setStored] = useLocalStorage<string>({ key: 'tandem.after_close', defaultValue: 'next', getInitialValueInEffect: false });
  const after_close: AfterClose = after_close_words.find((word) => word === stored) ?? 'next';
  const goOn = (id: string) => {
    if (after_close === 'stay') return;
    const queue = recallQueue(org);
    const next = after_close === 'next' ? neighbours(queue, id).next : null;
    void navigate(next === null ? (queue?.address ?? `/desk/${org}/tickets`) : `/desk/${org}/tickets/${next}`);
  };
  return { after_close, choose: setStored, goOn };
}
