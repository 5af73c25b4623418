import { useQueryClient } from '@tanstack/react-query';
import { keys, patch, post, putRecord, remove, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { useSettingsWrite } from '../useSettings';

interface Retirement {
  moved: number;
  is_done: boolean;
}

/** Every write of pipelines and their stages; boards, deals and what every screen knows of them are read again. A refusal passes through. */
export function usePipelineWrites() {
  const org = useOrganisation();
  const cache = useQueryClient();
  const write = useSettingsWrite('pipelines');
  const store = async <T>(send: (base: string) => Promise<T>): Promise<T> => {
    try {
      return await write(send);
    } finally {
      for (const module of ['pipelines', 'stages', 'team_pipelines', 'deals']) void cache.invalidateQueries({ queryKey: keys.module(org, module) });
    }
  };
  /** What the server answers is known at once, so that the next change begins with it. */
  const known = async (record: Promise<RecordData>) => putRecord(cache, org, await record);
  return {
    /** Makes or changes a record of one of the three modules. */
    create: (module: string, values: Record<string, unknown>) => store((base) => post(`${base}/${module}`, values)),
    change: (module: string, id: string, changes: Record<string, unknown>) => known(store((base) => patch<RecordData>(`${base}/${module}/${id}`, changes))),
    remove: (module: string, id: string) => store((base) => remove(`${base}/${module}/${id}`)),
    addStage: (pipeline: string, values: Record<string, unknown>) => known(store((base) => post<RecordData>(`${base}/pipelines/${pipeline}/stages`, values))),
    /** The server moves so many deals at a time; `onMoved` hears of each step. */
    retireStage: (stage: { pipeline: string; id: string; target: string | null }, onMoved: (all: number) => void) =>
      store(async (base) => {
        let all = 0;
        for (let is_done = false; !is_done;) {
          const step = await post<Retirement>(`${base}/pipelines/${stage.pipeline}/stages/${stage.id}/retire`, stage.target === null ? {} : { target: stage.target });
          all += step.moved;
          is_done = step.is_done;
          onMoved(all);
        }
        return all;
      }),
  };
}
