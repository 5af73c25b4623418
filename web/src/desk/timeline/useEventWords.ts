import { useOptionalText } from '@/i18n';

/** What happened and by which way in, such as "changed this (by mail)". The browser and the program itself go without saying. */
export function useEventWords(): { changed: string; verb: (verb: string) => string; way: (path: string) => string } {
  const text = useOptionalText();
  return {
    changed: text('desk.event.changed_fields', ''),
    verb: (verb) => text(`desk.event.${verb}`, text('desk.event.updated', verb)),
    way: (path) => {
      const words = path === 'ui' || path === 'system' ? '' : text(`desk.path.${path}`, '');
      return words === '' ? '' : ` (${words})`;
    },
  };
}
