import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import type { ImportCounts } from './import_types';

/** "12 added · 3 updated · 1 refused": what is not nothing. */
export function useCountWords(): (counts: ImportCounts) => string {
  const { t } = useText();
  const format = useFormat();
  return (counts) =>
    (['added', 'updated', 'skipped', 'refused', 'contacts_added', 'accounts_added'] as const)
      .filter((name) => counts[name] > 0)
      .map((name) => t(`lists.import.count_${name}`, { number: format.number(counts[name]) }))
      .join(' · ');
}
