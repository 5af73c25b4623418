import { HistoryList } from '@/records';
import { useEventWords } from '../timeline/useEventWords';

/** The history of a record of Desk, in the words of its timeline. */
export function DeskHistory({ module, id }: { module: string; id: string }) {
  return <HistoryList module={module} id={id} words={useEventWords()} />;
}
