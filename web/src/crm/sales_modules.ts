import {
  IconAddressBook, IconBuilding, IconCalendarEvent, IconChecklist, IconFlag3, IconPackage, IconPhone, IconTargetArrow, IconUserPlus,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';

// How the modules of CRM and Bigin are shown. What they are, their fields and who may do what, the server says.

interface SalesModule {
  icon: Icon;
  /** Shown in a list before the person chooses; "name" stands for the parts of a person's name. */
  columns: string[];
  /** What a new record is asked for; all the rest stands on its page. */
  asked: string[];
  /** How the list is sorted at first. */
  sort: string | null;
}

/** In the order of the bar. An edition leaves out what its organisation does not have. */
export const sales_modules = {
  leads: {
    icon: IconUserPlus, sort: '-created_at',
    columns: ['name', 'company', 'email', 'phone', 'lead_source', 'lead_status', 'owner'],
    asked: ['first_name', 'last_name', 'company', 'email', 'phone', 'lead_source', 'lead_status', 'owner', 'description'],
  },
  contacts: {
    icon: IconAddressBook, sort: null,
    columns: ['name', 'account', 'email', 'phone', 'job_title', 'owner'],
    asked: ['first_name', 'last_name', 'account', 'job_title', 'email', 'phone', 'owner', 'description'],
  },
  accounts: {
    icon: IconBuilding, sort: null,
    columns: ['name', 'phone', 'website', 'industry', 'billing_city', 'owner'],
    asked: ['name', 'phone', 'website', 'industry', 'owner', 'description'],
  },
  deals: {
    icon: IconTargetArrow, sort: 'closes_on',
    columns: ['name', 'amount', 'stage', 'closes_on', 'account', 'contact', 'owner'],
    asked: ['name', 'account', 'contact', 'amount', 'closes_on', 'pipeline', 'stage', 'reason_for_loss', 'owner', 'description'],
  },
  products: {
    icon: IconPackage, sort: null,
    columns: ['name', 'code', 'category', 'unit_price', 'is_active', 'owner'],
    asked: ['name', 'code', 'category', 'unit_price', 'is_active', 'description'],
  },
  campaigns: {
    icon: IconFlag3, sort: null,
    columns: ['name', 'campaign_type', 'status', 'starts_on', 'ends_on', 'owner'],
    asked: ['name', 'campaign_type', 'status', 'starts_on', 'ends_on', 'owner', 'description'],
  },
  tasks: {
    icon: IconChecklist, sort: 'due_on',
    columns: ['subject', 'due_on', 'status', 'priority', 'contact', 'deal', 'owner'],
    asked: ['subject', 'due_on', 'status', 'priority', 'lead', 'contact', 'account', 'deal', 'remind_at', 'owner', 'description'],
  },
  events: {
    icon: IconCalendarEvent, sort: 'starts_at',
    columns: ['subject', 'starts_at', 'ends_at', 'venue', 'contact', 'deal', 'owner'],
    asked: ['subject', 'starts_at', 'ends_at', 'is_all_day', 'venue', 'lead', 'contact', 'account', 'deal', 'remind_at', 'owner', 'description'],
  },
  calls: {
    icon: IconPhone, sort: '-starts_at',
    columns: ['subject', 'call_type', 'starts_at', 'call_result', 'contact', 'deal', 'owner'],
    asked: ['subject', 'call_type', 'starts_at', 'duration_s', 'call_purpose', 'call_result', 'lead', 'contact', 'account', 'deal', 'owner', 'description'],
  },
} satisfies Record<string, SalesModule>;

export type SalesModuleName = keyof typeof sales_modules;

export const sales_module_names = Object.keys(sales_modules).filter(isSalesModule);

export const activity_modules: SalesModuleName[] = ['tasks', 'events', 'calls'];

export function isSalesModule(name: string): name is SalesModuleName {
  return name in sales_modules;
}
