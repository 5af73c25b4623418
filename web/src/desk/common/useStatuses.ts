import { useCallback, useMemo } from 'react';
import { findField, useMeta, useModule } from '@/api';
import type { Status, StatusType } from '@/api';
import { useChoiceLabel } from '@/fields';

export interface StatusWords {
  name: string;
  label: string;
  type: StatusType;
}

/** The statuses of the organisation with their words, and one by its name. */
export function useStatuses(): { all: StatusWords[]; find: (name: unknown) => StatusWords } {
  const { statuses } = useMeta();
  const field = findField(useModule('tickets'), 'status');
  const choiceLabel = useChoiceLabel();
  const all = useMemo(
    () => statuses.map((status) => ({ name: status.name, type: status.type, label: field ? choiceLabel('tickets', field, status) : status.label })),
    [statuses, field, choiceLabel],
  );
  const find = useCallback(
    (name: unknown): StatusWords =>
      all.find((status) => status.name === name) ?? { name: String(name), label: String(name), type: 'open' },
    [all],
  );
  return { all, find };
}

export function isClosed(statuses: Status[], name: unknown): boolean {
  return statuses.find((status) => status.name === name)?.type === 'closed';
}
