import { useState } from 'react';
import { keep, recall } from '@/api';

export type QueueShape = 'list' | 'board';

const remembered_key = 'tandem.queue_shape';

/** Whether the queue is shown as a list or as a board: what this browser showed last. */
export function useQueueShape(): { shape: QueueShape; choose: (shape: string) => void } {
  const [shape, setShape] = useState<QueueShape>(() => (recall('browser', remembered_key) === 'board' ? 'board' : 'list'));
  const choose = (next: string) => {
    const chosen = next === 'board' ? 'board' : 'list';
    keep('browser', remembered_key, chosen);
    setShape(chosen);
  };
  return { shape, choose };
}
