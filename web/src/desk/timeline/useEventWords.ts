import type { Author } from '@/api';
import { asText } from '@/fields';
import { useOptionalText } from '@/i18n';
import { ratingOf } from '../ratings/ratings';
import { shareOfEvent } from '../sharing/shares';
import { useDepartmentName } from '../sharing/useSharing';

interface EventWords {
  /** Who did it. A rule or policy acts under its own name, the rest of the program as Tandem. */
  name: (event: { author: Author; path: string }) => string;
  changed: string;
  verb: (event: { verb: string; path: string; detail: Record<string, unknown> | null }) => string;
  way: (event: { verb: string; path: string }) => string;
}

/** The numbers of other tickets that an event names. */
function numbersOf(detail: Record<string, unknown> | null): Record<string, string> {
  const several = Array.isArray(detail?.numbers) ? detail.numbers.map((number) => `#${String(number)}`).join(', ') : '';
  return { names: asText(detail?.names) ?? '', duration: asText(detail?.duration) ?? '', number: asText(detail?.number) ?? '', numbers: several === '' ? `#${asText(detail?.number) ?? ''}` : several };
}

/** The names of other contacts that an event names. */
function contactsOf(detail: Record<string, unknown>): string {
  const several: unknown[] = Array.isArray(detail.contacts) ? detail.contacts : [detail];
  return several.map((each) => (typeof each === 'object' && each !== null && 'name' in each ? String(each.name) : '')).join(', ');
}

function isImported({ verb, path }: { verb: string; path: string }): boolean {
  return verb === 'created' && path === 'import';
}

/** What happened and by which way in, such as "changed this (by mail)". The browser and the program itself go without saying. */
export function useEventWords(): EventWords {
  const text = useOptionalText();
  const departmentName = useDepartmentName();
  const reasonOf = (detail: Record<string, unknown> | null): Record<string, string> => {
    const read = (name: string) => (typeof detail?.[name] === 'string' ? detail[name] : '');
    return { macro: read('macro'), webhook: read('name'), reason: text(`refusal.${read('code')}`, read('reason')) };
  };
  const targetOf = (detail: Record<string, unknown> | null): Record<string, string> =>
    typeof detail?.target === 'string' ? { target: text(`desk.event.target_${detail.target}`, '') } : {};
  const valuesOf = (detail: Record<string, unknown> | null): Record<string, string> => {
    const rating = ratingOf(detail?.rating);
    if (rating !== null) return { rating: text(`desk.rating.${rating}`, rating) };
    if (Array.isArray(detail?.contacts) || typeof detail?.contact === 'string') return { contacts: contactsOf(detail) };
    const share = shareOfEvent(detail);
    if (share === null) return { ...reasonOf(detail), ...numbersOf(detail), ...targetOf(detail) };
    return { department: departmentName(share.department), access: text(`desk.share.access.${share.access}`, '') };
  };
  return {
    name: ({ author, path }) => {
      const is_nameless = author.name === '' || (author.kind === 'system' && path !== 'automation');
      return is_nameless ? text('desk.event.system', '') : author.name;
    },
    changed: text('desk.event.changed_fields', ''),
    verb: ({ verb, path, detail }) => {
      if (!isImported({ verb, path })) return text(`desk.event.${verb}`, text('desk.event.updated', verb), valuesOf(detail));
      if (typeof detail?.file !== 'string') return text('desk.event.imported', verb);
      return text('desk.event.imported_from', verb, { file: detail.file, line: String(detail.line) });
    },
    way: ({ verb, path }) => {
      const is_said = isImported({ verb, path }) || verb === 'mail_received';
      const words = is_said || path === 'ui' || path === 'system' ? '' : text(`desk.path.${path}`, '');
      return words === '' ? '' : text('desk.in_brackets', '', { words });
    },
  };
}
