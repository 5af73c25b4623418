import type { View } from '@/api';
import { useFormat } from '@/ui';

/** "1,000+": how many records a view lists; nothing before they are counted. */
export function useViewCount(): (view: View) => string {
  const format = useFormat();
  return (view) => (view.count === null ? '' : `${format.number(view.count)}${view.count_is_exact ? '' : '+'}`);
}
