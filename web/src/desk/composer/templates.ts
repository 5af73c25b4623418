import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Editor } from '@tiptap/react';
import { get, keys, post, useOrganisation } from '@/api';
import type { FilledTemplate, ReplyTemplate, ReplyTemplates } from '@/api';
import { useToast } from '@/ui';
import type { TypedRange } from './TypedMenu';
import type { Letter } from './letter';
import type { Uploads } from '../common/useUploads';

/** What is being typed behind a slash that begins a word. Null when no template is asked for. */
export function typedTemplate(before: string): string | null {
  return /(?:^|\s)\/((?:[\p{L}\p{M}\p{N}._-][\p{L}\p{M}\p{N} ._-]{0,39})?)$/u.exec(before)?.[1] ?? null;
}

/** Those whose name or folder holds every word of `text`, in the customer's language first. */
export function matchingTemplates({ templates, locale }: ReplyTemplates, text: string): ReplyTemplate[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = templates.filter(({ name, folder }) => words.every((word) => `${folder} ${name}`.toLowerCase().includes(word)));
  const rank = (each: ReplyTemplate) => (each.locale === locale ? 0 : each.locale === '' ? 1 : 2);
  return found.sort((one, other) => rank(one) - rank(other));
}

function templatesOf(org: string, ticket: string) {
  return queryOptions({
    queryKey: [...keys.organisation(org), 'reply_templates', ticket],
    queryFn: ({ signal }) => get<ReplyTemplates>(`/desk/${org}/reply_templates`, { ticket }, signal),
    staleTime: 60_000,
  });
}

/** The templates that serve a ticket. */
export function useReplyTemplates(ticket: string) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const query = useQuery(templatesOf(org, ticket));
  return {
    all: query.data ?? null,
    find: async (text: string) => matchingTemplates(await cache.ensureQueryData(templatesOf(org, ticket)), text),
    keyOf: (text: string) => [...templatesOf(org, ticket).queryKey, 'typed', text],
  };
}

interface Place {
  ticket: string;
  editor: Editor | null;
  letter: Letter;
  write: (words: Partial<Letter>) => void;
  uploads: Uploads;
}

/** Puts a template into the text at the cursor, in place of what was typed to find it, and its files beside it. */
export function useInsertTemplate({ ticket, editor, letter, write, uploads }: Place) {
  const org = useOrganisation();
  const toast = useToast();
  return async (template: ReplyTemplate, typed?: TypedRange) => {
    if (typed !== undefined) editor?.chain().focus().deleteRange(typed).run();
    try {
      const filled = await post<FilledTemplate>(`/desk/${org}/reply_templates/${template.id}/use`, { ticket });
      if (editor === null || editor.isDestroyed) return;
      editor.chain().focus().insertContent(filled.html).run();
      if (letter.kind === 'forward' && filled.subject !== '') write({ subject: filled.subject });
      if (filled.files.length > 0) uploads.reset([...uploads.files, ...filled.files]);
    } catch (error) {
      toast.refused(error);
    }
  };
}
