import { patch, post } from '@/api';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';

export interface ContactRole {
  id: string;
  name: string;
}

interface Retirement {
  exchanged: number;
  is_done: boolean;
}

/** The contact roles of the organisation, and every write of them. A refusal passes through. */
export function useContactRoles() {
  const query = useSettingsQuery<{ contact_roles: ContactRole[] }>('contact_roles');
  const write = useSettingsWrite('contact_roles');
  return {
    query,
    add: (name: string) => write((base) => post(`${base}/contact_roles`, { name })),
    change: (id: string, changes: { name?: string; sequence_number?: number }) => write((base) => patch(`${base}/contact_roles/${id}`, changes)),
    /** The server gives so many contacts their other role at a time; `onExchanged` hears of each step. */
    retire: ({ id, target }: { id: string; target: string | null }, onExchanged: (all: number) => void) =>
      write(async (base) => {
        let all = 0;
        for (let is_done = false; !is_done;) {
          const step = await post<Retirement>(`${base}/contact_roles/${id}/retire`, target === null ? {} : { target });
          all += step.exchanged;
          is_done = step.is_done;
          onExchanged(all);
        }
        return all;
      }),
  };
}
