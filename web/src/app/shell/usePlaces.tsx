import { IconAddressBook, IconBuilding, IconChartBar, IconChecklist, IconPackage, IconTicket } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useMeta } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';

type PlaceIcon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: 'true' }>;

/** A screen that one goes to from anywhere. */
export interface Place {
  path: string;
  label: string;
  icon: PlaceIcon;
}

const modules_shown: [string, PlaceIcon][] = [
  ['tickets', IconTicket], ['contacts', IconAddressBook], ['accounts', IconBuilding], ['products', IconPackage],
];

/** The modules and the screens beside them, in the order of the bar. */
export function usePlaces(): Place[] {
  const { t } = useText();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  // A role may leave products out.
  const readable = modules.filter((module) => module.name !== 'products' || module.may.includes('read'));
  const shown = modules_shown.flatMap(([name, icon]): Place[] => {
    const module = readable.find((each) => each.name === name);
    return module ? [{ path: name, label: moduleLabel(module), icon }] : [];
  });
  return [
    ...shown,
    { path: 'activities', label: t('activities.title'), icon: IconChecklist },
    { path: 'dashboard', label: t('dashboard.title'), icon: IconChartBar },
  ];
}
