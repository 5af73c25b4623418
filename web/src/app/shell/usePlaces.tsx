import { IconAddressBook, IconBuilding, IconCalendarWeek, IconChartBar, IconChecklist, IconClockHour4, IconPackage, IconTicket } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useApp, useMay, useMeta } from '@/api';
import { activity_modules as sales_activity_modules, sales_module_names, sales_modules } from '@/crm/sales_modules';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';

type PlaceIcon = ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: 'true' }>;

/** A screen that one goes to from anywhere. */
export interface Place {
  path: string;
  label: string;
  icon: PlaceIcon;
}

const desk_modules: [string, PlaceIcon][] = [
  ['tickets', IconTicket], ['contacts', IconAddressBook], ['accounts', IconBuilding], ['products', IconPackage],
];
const activity_modules = ['tasks', 'appointments'];
const sales_activities: string[] = sales_activity_modules;
const sales_shown = sales_module_names.map((name): [string, PlaceIcon] => [name, sales_modules[name].icon]);

interface Places {
  /** The modules and the screens beside them, in the order of the bar. */
  places: Place[];
  /** Screens that only the menu of a small screen names. */
  more: Place[];
  /** What a thumb reaches at once; the rest stands behind "More". */
  in_reach: string[];
}

/** What the role may read within the application. */
export function usePlaces(): Places {
  const { t } = useText();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  const may_read_tickets = useMay('read', 'tickets');
  const is_desk = useApp() === 'desk';
  const readable = modules.filter((module) => module.may.includes('read'));
  const shown = (is_desk ? desk_modules : sales_shown).flatMap(([name, icon]): Place[] => {
    const module = readable.find((each) => each.name === name);
    return module ? [{ path: name, label: moduleLabel(module), icon }] : [];
  });
  const sales_screens: Place[] = shown.length === 0 ? [] : [
    ...(shown.some(({ path }) => sales_activities.includes(path)) ? [{ path: 'calendar', label: t('calendar.title'), icon: IconCalendarWeek }] : []),
    { path: 'dashboard', label: t('sales_dashboard.title'), icon: IconChartBar },
  ];
  if (!is_desk) return { places: [...shown, ...sales_screens], more: [], in_reach: shown.some(({ path }) => path === 'leads') ? ['leads', 'contacts', 'deals'] : ['contacts', 'accounts', 'deals'] };
  return {
    places: [
      ...shown,
      ...(readable.some(({ name }) => activity_modules.includes(name)) ? [{ path: 'activities', label: t('activities.title'), icon: IconChecklist }] : []),
      ...(may_read_tickets ? [{ path: 'dashboard', label: t('dashboard.title'), icon: IconChartBar }] : []),
    ],
    more: may_read_tickets ? [{ path: 'time', label: t('time_report.title'), icon: IconClockHour4 }] : [],
    in_reach: ['tickets', 'contacts', 'activities'],
  };
}
