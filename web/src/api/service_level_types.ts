import type { Linked } from './types';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

export interface BusinessHours {
  id: string;
  name: string;
  time_zone: string;
  /** Ranges such as "09:00-17:00"; one that ends at or before its beginning ends on the next day. */
  week: Record<Weekday, string[]>;
  holiday_list: string | null;
  /** For departments that were given no others. */
  is_usual: boolean;
  departments: Linked[];
}

export interface Holiday {
  on: string;
  name: string;
}

export interface HolidayList {
  id: string;
  name: string;
  days: Holiday[];
}

export type ServiceTarget = 'first_response' | 'resolution';

export interface TargetTimes {
  first_response_minutes: number | null;
  resolution_minutes: number | null;
}

export interface EscalationLevel {
  target: ServiceTarget;
  /** Negative: before the target is missed. */
  after_minutes: number;
  sets_escalated: boolean;
  told_agents: string[];
  priority: string;
  owner: string | null;
}

export interface ServiceLevel {
  id: string;
  name: string;
  position: number;
  is_active: boolean;
  /** A filter on tickets; {} fits all. */
  conditions: object;
  counting: 'business_hours' | 'day_and_night';
  /** By priority; "none" for tickets without one. */
  targets: Record<string, TargetTimes>;
  levels: EscalationLevel[];
}
