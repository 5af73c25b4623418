import { useEffect, useRef } from 'react';
import type { SavedDraft } from '@/api';
import type { LetterKind } from './letter';
import type { ReturnedLetter } from './Outbox';
import type { useDraftKeeper } from './useDraft';
import { writingFromDraft } from './writing';
import type { Lost, SlotFiles, Writing } from './writing';

export interface Shown {
  writing: Writing;
  files: SlotFiles;
}

interface DraftSync {
  saved: SavedDraft | null | undefined;
  keeper: ReturnType<typeof useDraftKeeper>;
  kinds: LetterKind[];
  /** A mail made of the draft is on its way. */
  is_held: boolean;
  is_open: boolean;
  returned: ReturnedLetter | null;
  show: (shown: Shown) => void;
  clear: () => void;
  /** Called when everything is in step, with what was shown for it. */
  takeBack: (synced: Shown | null) => void;
  onLost: (lost: Lost) => void;
  /** What this window showed was sent or thrown away in another; `kept` when more was written here meanwhile. */
  onGone: (what: 'cleared' | 'kept') => void;
}

/**
 * Keeps what is shown in step with the draft on the server: it is opened with its ticket, a newer one of another
 * window takes the place of an untouched one, and one that was sent there goes away here. What is being written
 * here is never replaced.
 */
export function useDraftSync(sync: DraftSync): void {
  const latest = useRef(sync);
  const is_begun = useRef(false);
  const was_held = useRef(false);
  useEffect(() => {
    latest.current = sync;
  });
  const { saved, is_held, returned } = sync;
  useEffect(() => {
    if (saved === undefined) return;
    const step = is_held ? 'held' : was_held.current ? 'released' : is_begun.current ? 'next' : 'first';
    was_held.current = is_held;
    is_begun.current = true;
    latest.current.takeBack(inStep(latest.current, saved, step));
  }, [saved, is_held, returned]);
}

function inStep(sync: DraftSync, saved: SavedDraft | null, step: 'first' | 'next' | 'held' | 'released'): Shown | null {
  const { keeper, is_open, show } = sync;
  const revision = saved?.revision ?? null;
  const unsaved = step === 'first' ? keeper.unsaved() : null;
  if (step === 'held' || keeper.is_dropping()) return null;
  if (unsaved !== null) {
    keeper.adopt(unsaved.revision);
    show(unsaved);
    keeper.keep(unsaved.writing, unsaved.files);
    return unsaved;
  }
  if (step === 'released') {
    keeper.adopt(revision);
    if (keeper.has_unsaved()) keeper.flush();
    return is_open ? null : shownDraft(sync, saved);
  }
  if (revision === keeper.revision()) return null;
  if (!keeper.has_unsaved()) {
    keeper.adopt(revision);
    return shownDraft(sync, saved);
  }
  // A newer draft of another window makes the next save fail, which asks what to do.
  if (revision !== null) return null;
  keeper.adopt(null);
  keeper.flush();
  sync.onGone('kept');
  return null;
}

function shownDraft({ kinds, is_open, show, clear, onLost, onGone }: DraftSync, saved: SavedDraft | null): Shown | null {
  const kept = saved === null ? null : writingFromDraft(saved, kinds);
  if (kept === null) {
    if (!is_open) return null;
    clear();
    onGone('cleared');
    return null;
  }
  show(kept);
  if (kept.lost.count > 0) onLost(kept.lost);
  return kept;
}
