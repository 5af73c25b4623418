import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { keys, useOrganisation } from '@/api';
import type { RecordData, Stage } from '@/api';
import { linkedId, useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { useSaveRecord } from '@/records';
import { useToast } from '@/ui';
import { CloseDealDialog } from './CloseDealDialog';

interface Moving {
  /** Called at once, before the server answers: the card may move. */
  onMoving?: (deal: RecordData, stage: Stage) => void;
  /** The server took it; `now` is what the deal became. */
  onMoved?: (deal: RecordData, stage: Stage, now: RecordData) => void;
  /** The server refused: all is as before. */
  onRefused?: (deal: RecordData) => void;
  /** A question was asked and taken back. */
  onKept?: (deal: RecordData) => void;
}

/** Brings a deal to another stage. To win or lose it is asked first, with what the stage then says. */
export function useMoveDeal({ onMoving, onMoved, onRefused, onKept }: Moving = {}): { moveTo: (deal: RecordData, stage: Stage) => void; dialog: ReactNode } {
  const { t } = useText();
  const org = useOrganisation();
  const cache = useQueryClient();
  const toast = useToast();
  const stageName = useStageLabel();
  const save = useSaveRecord('deals');
  const [asked, setAsked] = useState<{ deal: RecordData; stage: Stage } | null>(null);
  const store = async (deal: RecordData, stage: Stage, more: Record<string, unknown>) => {
    const now = await save.mutateAsync({ id: deal.id, changes: { stage: stage.id, ...more } });
    void cache.invalidateQueries({ queryKey: keys.dealBoards(org) });
    onMoved?.(deal, stage, now);
  };
  const moveTo = (deal: RecordData, stage: Stage) => {
    if (stage.id === linkedId(deal.stage)) return;
    if (stage.outcome !== 'open') return setAsked({ deal, stage });
    onMoving?.(deal, stage);
    store(deal, stage, {}).catch((error: unknown) => {
      onRefused?.(deal);
      toast.refused(error);
    });
    return undefined;
  };
  const dialog = asked && (
    <CloseDealDialog
      {...asked}
      onClose={() => {
        setAsked(null);
        onKept?.(asked.deal);
      }}
      onSubmit={async (changes) => {
        await store(asked.deal, asked.stage, changes);
        toast.done(t(asked.stage.outcome === 'won' ? 'crm.deals.won_done' : 'crm.deals.lost_done', { deal: asked.deal.title, stage: stageName(asked.stage.name) }));
      }}
    />
  );
  return { moveTo, dialog };
}
