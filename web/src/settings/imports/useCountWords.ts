import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import type { ImportCounts } from './import_types';
import { useWordInApp } from './useWordInApp';

/** "12 added · 3 updated · 1 refused": what is not nothing. */
export function useCountWords(): (counts: ImportCounts) => string {
  const { t } = useText();
  const format = useFormat();
  const inApp = useWordInApp();
  const wordOf = (name: string) => (name === 'accounts_added' ? inApp(name) : name);
  return (counts) =>
    (['added', 'updated', 'skipped', 'refused', 'contacts_added', 'accounts_added'] as const)
      .filter((name) => counts[name] > 0)
      .map((name) => t(`lists.import.count_${wordOf(name)}`, { number: format.number(counts[name]) }))
      .join(' · ');
}
