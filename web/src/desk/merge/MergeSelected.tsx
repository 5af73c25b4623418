import { useState } from 'react';
import type { RecordData } from '@/api';
import { MergeDialog } from './MergeDialog';

interface MergeSelectedProps {
  tickets: RecordData[];
  onMerged: () => void;
  onClose: () => void;
}

/** Merges tickets that were chosen in a list. The oldest one stays unless another is chosen. */
export function MergeSelected({ tickets, onMerged, onClose }: MergeSelectedProps) {
  const ordered = [...tickets].sort((a, b) => Number(a.number) - Number(b.number));
  const [target_id, setTargetId] = useState(ordered[0]?.id);
  const target = ordered.find((each) => each.id === target_id);
  if (target === undefined) return null;
  return <MergeDialog key={target.id} ticket={target} among={{ tickets: ordered, onTicket: setTargetId, onMerged }} onClose={onClose} />;
}
