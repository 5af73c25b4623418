import type { HistoryEntry } from '@/api';
import { useOptionalText } from '@/i18n';

/** The records that a merge names. */
function namesIn(detail: HistoryEntry['detail']): string {
  const several = Array.isArray(detail?.records) ? detail.records : [];
  return [...several, detail].flatMap((each: unknown) => (hasName(each) ? [each.name] : [])).join(', ');
}

function hasName(value: unknown): value is { name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

/** What happened to a record of the sales side, in words. */
export function useHistoryWords() {
  const text = useOptionalText();
  return {
    name: ({ author }: HistoryEntry) => (author.name === '' || author.kind === 'system' ? text('desk.event.system', '') : author.name),
    verb: ({ verb, detail }: HistoryEntry) => {
      const title = typeof detail?.title === 'string' ? detail.title : '';
      return text(`crm.event.${verb}`, text(`desk.event.${verb}`, text('desk.event.updated', verb)), { title, records: namesIn(detail) });
    },
    way: ({ path }: HistoryEntry) => {
      const words = path === 'ui' || path === 'system' ? '' : text(`desk.path.${path}`, '');
      return words === '' ? '' : text('desk.in_brackets', '', { words });
    },
  };
}
