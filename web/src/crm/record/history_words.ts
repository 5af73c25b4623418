import type { HistoryEntry } from '@/api';
import { useOptionalText } from '@/i18n';

/** What happened to a record of the sales side, in words. */
export function useHistoryWords() {
  const text = useOptionalText();
  return {
    name: ({ author }: HistoryEntry) => (author.name === '' || author.kind === 'system' ? text('desk.event.system', '') : author.name),
    verb: ({ verb, detail }: HistoryEntry) => {
      const title = typeof detail?.title === 'string' ? detail.title : '';
      return text(`crm.event.${verb}`, text(`desk.event.${verb}`, text('desk.event.updated', verb)), { title });
    },
    way: ({ path }: HistoryEntry) => {
      const words = path === 'ui' || path === 'system' ? '' : text(`desk.path.${path}`, '');
      return words === '' ? '' : text('desk.in_brackets', '', { words });
    },
  };
}
