import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { get, keys, useOrganisation } from '@/api';
import type { Attachment, RecordData, ReplyDraft, SavedDraft } from '@/api';
import { useToast } from '@/ui';
import { useUploads } from '../common/useUploads';
import { addressedLetter, draftOf, emptyLetter, kindsFor, letterFromDraft } from './letter';
import type { Letter, LetterKind } from './letter';
import { useOutbox } from './Outbox';
import { useDraftKeeper, useSavedDraft } from './useDraft';

/** The letter on a ticket: opened, addressed by the server, written, kept as a draft. */
export function useComposer(ticket: RecordData) {
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const kinds = kindsFor(ticket.may);
  const saved = useSavedDraft(ticket.id);
  const keeper = useDraftKeeper(ticket.id);
  const uploads = useUploads();
  const { returned, takeReturned, holds } = useOutbox();
  const [letter, setLetter] = useState<Letter | null>(null);
  const [proposal, setProposal] = useState<ReplyDraft | null>(null);
  /** Another number puts other text into the editor. */
  const [edition, setEdition] = useState(0);
  const known_at = useRef<string | null>(null);
  const { files, reset } = uploads;
  const { keep } = keeper;
  const file_ids = files.map((file) => file.id).join(' ');
  const known_files = useRef(file_ids);

  const propose = useCallback(
    async (kind: LetterKind, take: (draft: ReplyDraft) => void) => {
      if (kind === 'comment') return setProposal(null);
      try {
        const draft = await cache.fetchQuery({
          queryKey: [...keys.record(org, 'tickets', ticket.id), 'reply_draft', kind],
          queryFn: ({ signal }) => get<ReplyDraft>(`/desk/${org}/tickets/${ticket.id}/reply_draft`, { kind }, signal),
        });
        setProposal(draft);
        take(draft);
      } catch (error) {
        toast.refused(error);
      }
      return undefined;
    },
    [cache, org, ticket.id, toast],
  );
  const address = useCallback(
    (kind: LetterKind) =>
      void propose(kind, (draft) => setLetter((now) => (now?.kind === kind ? addressedLetter(now, draft) : now))),
    [propose],
  );
  const open = useCallback(
    (kind: LetterKind) => {
      setLetter((now) => (now === null ? emptyLetter(kind) : { ...now, kind, to: [], cc: [] }));
      address(kind);
    },
    [address],
  );
  const show = useCallback(
    (next: Letter, its_files: Attachment[]) => {
      setLetter(next);
      known_files.current = its_files.map((file) => file.id).join(' ');
      reset(its_files);
      setEdition((before) => before + 1);
      void propose(next.kind, (draft) =>
        setLetter((now) => now && { ...now, subject: now.subject || draft.subject, from_mailbox_id: now.from_mailbox_id ?? draft.from_mailbox_id }));
    },
    [propose, reset],
  );
  // A draft is opened with its ticket; one that was written on in another window replaces an untouched one here.
  useEffect(() => {
    const draft = saved.data;
    if (!draft || draft.saved_at === known_at.current || keeper.has_unsaved() || holds(ticket.id)) return;
    const is_mine = keeper.state.word === 'saved' && keeper.state.at === draft.saved_at;
    known_at.current = draft.saved_at;
    if (is_mine || !kindsFor(ticket.may).includes(draft.kind) || isEmpty(draft)) return;
    show(letterFromDraft(draft), draft.attachment_ids.map((id) => namelessFile(id, draft.html)));
  }, [saved.data, keeper, ticket.may, ticket.id, show, holds]);
  useEffect(() => {
    if (returned?.ticket !== ticket.id) return;
    takeReturned();
    show(returned.letter, returned.files);
    keep(draftOf(returned.letter, returned.files));
  }, [returned, takeReturned, ticket.id, show, keep]);
  const write = useCallback(
    (words: Partial<Letter>) => {
      if (letter === null) return;
      const next = { ...letter, ...words };
      setLetter(next);
      keep(draftOf(next, files));
    },
    [letter, files, keep],
  );
  useEffect(() => {
    if (known_files.current === file_ids) return;
    known_files.current = file_ids;
    if (letter !== null) keep(draftOf(letter, files));
  }, [file_ids, files, letter, keep]);
  const close = useCallback(
    (where: 'here' | 'everywhere') => {
      keeper.drop(where);
      setLetter(null);
      reset([]);
      setEdition((before) => before + 1);
    },
    [keeper, reset],
  );
  return { kinds, letter, proposal, uploads, edition, open, write, close, draft_state: keeper.state };
}

function isEmpty(draft: SavedDraft): boolean {
  return draft.html === '' && draft.attachment_ids.length === 0;
}

/** A draft knows its files by id alone. */
function namelessFile(id: string, html: string): Attachment {
  return { id, name: `#${id}`, size_bytes: 0, content_type: '', is_inline: html.includes(`/attachments/${id}`) };
}
