import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, keys, useOrganisation } from '@/api';
import type { ReportedEntry, ReportKind, TimeOfAgent, TimeOfDay, TimeOfTicket } from './time_report';

export interface ReportQuery {
  from_day: string;
  until_day: string;
  agent: string | null;
  department: string | null;
  billable: string | null;
}
export interface TimeReport {
  agents?: TimeOfAgent[];
  tickets?: TimeOfTicket[];
  days?: TimeOfDay[];
  entries?: ReportedEntry[];
}

const fresh_ms = 10_000;

/** Worked time of a period, summed by agent, ticket or day, or entry by entry. */
export function useTimeReport(by: ReportKind, query: ReportQuery) {
  const org = useOrganisation();
  const asked = { by, ...query };
  return useQuery({
    queryKey: keys.timeReport(org, asked),
    queryFn: async ({ signal }) => ({ by, ...(await get<TimeReport>(`/desk/${org}/time_report`, asked, signal)) }),
    placeholderData: keepPreviousData,
    staleTime: fresh_ms,
  });
}
