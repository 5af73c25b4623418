import { useEffect, useMemo, useRef, useState } from 'react';
import type { RecordData } from '@/api';
import { asText } from '@/fields';
import { useText } from '@/i18n';
import { keepTyping, useFormat, useToast } from '@/ui';
import { useUploads } from '../common/useUploads';
import { addressedLetter, isBlank, kindsFor, letter_kinds, withNewCopies } from './letter';
import type { Letter, LetterKind, Proposed } from './letter';
import { useOutbox } from './Outbox';
import { useDraftKeeper, useSavedDraft } from './useDraft';
import { useDraftSync } from './useDraftSync';
import type { Shown } from './useDraftSync';
import { useProposal } from './useProposal';
import { useRecently } from './useRecently';
import { readableLetter, slotOf, switchedTo, withLetter, withoutSlot, writingFromDraft } from './writing';
import type { SlotFiles, Writing } from './writing';

/** What is written on a ticket: opened, addressed by the server, kept as a draft, the same in every window. */
export function useComposer(ticket: RecordData) {
  const { t } = useText();
  const toast = useToast();
  const format = useFormat();
  const kinds = kindsFor(ticket.may);
  const { held, returned, takeReturned, takeUndone, giveBack } = useOutbox();
  const is_held = held.some((each) => each.ticket === ticket.id && each.is_going);
  const saved = useSavedDraft(ticket.id);
  const keeper = useDraftKeeper(ticket.id, is_held, kinds);
  const [writing, setShown] = useState<Writing | null>(null);
  /** As it is now: an editor may tell a change before the last one is on the screen. */
  const now = useRef<Writing | null>(null);
  const setWriting = (next: Writing | null) => {
    now.current = next;
    setShown(next);
  };
  /** Another number puts other text into the editor. */
  const [edition, setEdition] = useState(0);
  /** Who asked for the composer writes at once; a draft that came by itself takes no key away. */
  const [takes_focus, setTakesFocus] = useState(false);
  /** Whom the server proposed to copy; who touches the copies makes them their own. */
  const proposed = useRef<Proposed | null>(null);
  const seen_copied = useRef(asText(ticket.cc));
  /** Recipients that the server refused. */
  const [refused, setRefused] = useState<string[]>([]);
  const activity = useRecently();
  const answer = useUploads();
  const forward = useUploads();
  const note = useUploads();
  const files = useMemo<SlotFiles>(
    () => ({ answer: answer.files, forward: forward.files, note: note.files }),
    [answer.files, forward.files, note.files],
  );
  /** What may no longer be sent is shown as long as there is something in it to be read. */
  const letter = readableLetter(writing, files, kinds);
  const { proposal, propose, proposeAgain } = useProposal(ticket.id, letter !== null && kinds.includes(letter.kind) ? letter.kind : null);
  const file_ids = idsOf(files);
  const known_files = useRef(file_ids);
  const files_now = useRef(files);
  useEffect(() => {
    files_now.current = files;
  }, [files]);

  const put = (next: Writing | null, its_files: SlotFiles) => {
    setWriting(next);
    known_files.current = idsOf(its_files);
    answer.reset(its_files.answer);
    forward.reset(its_files.forward);
    note.reset(its_files.note);
    setEdition((before) => before + 1);
    activity.forget();
  };
  /** What the server proposes for a kind, taken into its letter when it comes. */
  const address = (kind: LetterKind, whom: 'everybody' | 'nobody') =>
    kinds.includes(kind) && void propose(kind).then((draft) => {
      if (draft === null) return;
      const present = now.current?.letters[slotOf(kind)];
      if (now.current === null || present?.kind !== kind) return;
      const full = addressedLetter(present, draft);
      // A text that comes back has its signature, if any, in it: it is only told apart from what was written.
      const signature = present.signature === '' ? draft.signature_html : present.signature;
      const taken = whom === 'everybody' ? { ...full, signature }
        : { ...present, signature, subject: present.subject || full.subject, from_mailbox_id: present.from_mailbox_id ?? full.from_mailbox_id };
      const next = { ...now.current, letters: { ...now.current.letters, [slotOf(kind)]: taken } };
      setWriting(next);
      if (whom !== 'everybody') return;
      proposed.current = { kind, cc: taken.cc };
      keeper.keep(next, files_now.current);
    });
  const show = (next: Shown) => {
    put(next.writing, next.files);
    setTakesFocus(takeUndone(ticket.id));
    address(next.writing.shown, 'nobody');
  };
  const open = (kind: LetterKind) => {
    const before = now.current;
    const next = switchedTo(before, kind);
    setWriting(next.writing);
    setTakesFocus(true);
    keepTyping();
    setEdition((count) => count + 1);
    if (before !== null && next.writing.shown !== before.shown) keeper.keep(next.writing, files);
    address(kind, next.is_new ? 'everybody' : 'nobody');
  };
  const write = (words: Partial<Letter>) => {
    const present = letter === null ? undefined : now.current?.letters[slotOf(letter.kind)];
    if (present === undefined) return;
    const next = withLetter(now.current, { ...present, ...words });
    setWriting(next);
    activity.note();
    keeper.keep(next, files);
  };
  /** Puts the signature into a new mail, once. Nobody wrote it, so it makes no draft. */
  const sign = (signature: string, place: (html: string) => string) => {
    const present = letter === null ? undefined : now.current?.letters[slotOf(letter.kind)];
    if (present === undefined || present.signature !== null) return;
    setWriting(withLetter(now.current, { ...present, signature, html: place(present.html) }));
  };
  /** One text is done: sent, or thrown away. The others stay. */
  const leave = (kind: LetterKind, how: 'sent' | 'held') => {
    if (now.current === null) return;
    const left = withoutSlot(now.current, files, slotOf(kind));
    const left_files = { ...files, [slotOf(kind)]: [] };
    keeper.drop(how === 'held' || left !== null ? 'here' : 'everywhere');
    if (left === null) put(null, { answer: [], forward: [], note: [] });
    else {
      show({ writing: left, files: left_files });
      if (how === 'sent') keeper.keep(left, left_files);
    }
  };
  const discard = () => {
    if (letter === null) return;
    const thrown = { ticket: ticket.id, letter, files: files[slotOf(letter.kind)] };
    leave(letter.kind, 'sent');
    if (!isBlank(letter, thrown.files)) toast.undoable(t('desk.compose.discarded'), () => giveBack(thrown));
  };
  const takeOther = () => {
    const kept = saved.data ? writingFromDraft(saved.data, kinds) : null;
    keeper.drop('here');
    keeper.adopt(saved.data?.revision ?? null);
    if (kept) show(kept);
  };
  const keepMine = () => {
    keeper.adopt(saved.data?.revision ?? null);
    keeper.flush();
  };

  /** A letter that comes back is put onto what else is written. */
  const takeBack = (synced: Shown | null) => {
    if (returned?.ticket !== ticket.id) return;
    takeReturned();
    const base = synced ?? { writing: now.current, files };
    const next = withLetter(base.writing, returned.letter);
    const next_files = { ...base.files, [slotOf(returned.letter.kind)]: returned.files };
    put(next, next_files);
    setTakesFocus(true);
    setRefused(returned.refused ?? []);
    // Another window has changed the draft since: the next save asks which one is right.
    if (keeper.revision() !== null && returned.revision) keeper.adopt(returned.revision);
    keeper.keep(next, next_files);
  };

  useDraftSync({
    saved: saved.data, keeper, kinds, is_held, returned, is_open: writing !== null, show, takeBack,
    clear: () => put(null, { answer: [], forward: [], note: [] }),
    onLost: ({ count, names }) =>
      toast.failed(names.length === count ? t('desk.compose.files_expired', { names: format.series(names) }) : t('desk.compose.files_lost', { count })),
    onGone: (what) => toast.done(t(`desk.compose.gone_${what}`)),
  });
  useEffect(() => {
    if (known_files.current === file_ids) return;
    known_files.current = file_ids;
    if (writing !== null) keeper.keep(writing, files);
  }, [file_ids, files, writing, keeper]);

  const copied = asText(ticket.cc);
  useEffect(() => {
    if (seen_copied.current === copied) return;
    seen_copied.current = copied;
    if (now.current?.letters.answer?.kind !== 'reply_all') return;
    void proposeAgain('reply_all').then((draft) => {
      const present = now.current?.letters.answer;
      if (draft === null || now.current === null || present === undefined) return;
      const fresh = withNewCopies(present, proposed.current, draft);
      if (fresh === present) return;
      proposed.current = { kind: fresh.kind, cc: fresh.cc };
      setWriting({ ...now.current, letters: { ...now.current.letters, answer: fresh } });
    });
  }, [copied, proposeAgain]);

  const hasText = (kind: LetterKind) => {
    const text = writing?.letters[slotOf(kind)];
    return text !== undefined && text.kind === kind && !isBlank(text, files[slotOf(kind)]);
  };
  return {
    kinds, letter, proposal, refused,
    /** The ways to write, and those that were allowed when a text was begun. */
    shown_kinds: letter_kinds.filter((kind) => kinds.includes(kind) || hasText(kind)),
    /** Whether a kind that is not shown has a text of its own waiting. */
    waits: (kind: LetterKind) => hasText(kind) && kind !== letter?.kind, edition, takes_focus, open, write, sign, leave, discard, takeOther, keepMine,
    uploads: letter === null ? answer : { answer, forward, note }[slotOf(letter.kind)],
    settled: keeper.settled, draft_state: keeper.state, is_writing: activity.is_recent,
  };
}

function idsOf(files: SlotFiles): string {
  return [...files.answer, ...files.forward, ...files.note].map((file) => file.id).join(' ');
}
