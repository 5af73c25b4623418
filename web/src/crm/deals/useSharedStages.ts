import { useQuery } from '@tanstack/react-query';
import { homeOf, keys, post, useOrganisation } from '@/api';
import type { Field, Linked, Named } from '@/api';
import { useStageLabel } from '@/fields';
import { useText } from '@/i18n';
import { useFormat, useRefusalText } from '@/ui';

interface SharedStages {
  stages: Named[];
  pipelines: Named[];
}

interface StageChoice {
  choicesOf: (field: Field) => Linked[] | undefined;
  noteOn: (field: Field) => string | undefined;
}

/** The stages that all of these deals may be brought to, as the server says, and why there are no others. Null asks for nothing. */
export function useSharedStages(deals: string[] | null): StageChoice {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const stageName = useStageLabel();
  const refusalText = useRefusalText();
  const ids = deals ?? [];
  const { data, error } = useQuery({
    queryKey: [...keys.module(org, 'deals'), 'shared_stages', ids],
    queryFn: () => post<SharedStages>(`${homeOf(org)}/deals/shared_stages`, { ids }),
    enabled: deals !== null,
    staleTime: 0,
  });
  const noteOnStage = () => {
    if (error) return refusalText(error);
    if (data === undefined || data.pipelines.length < 2) return undefined;
    const pipelines = format.list(data.pipelines.map((each) => each.name));
    return t(data.stages.length === 0 ? 'crm.deals.no_shared_stage' : 'crm.deals.shared_stages', { pipelines });
  };
  return {
    choicesOf: (field) => (deals === null || field.name !== 'stage' ? undefined : (data?.stages ?? []).map(({ id, name }) => ({ id, title: stageName(name) }))),
    noteOn: (field) => (field.name === 'stage' ? noteOnStage() : undefined),
  };
}
