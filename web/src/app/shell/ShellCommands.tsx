import { IconAddressBook, IconBuilding, IconChartBar, IconChecklist, IconClockHour4, IconKeyboard, IconLogout, IconMoon, IconPackage, IconSettings, IconTicket } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { homeOf, useApp, useOrganisation, useSession } from '@/api';
import { useText } from '@/i18n';
import { useCommandKeys } from '@/ui/useCommandKeys';
import { useCommands } from '@/ui';
import type { Command } from '@/ui';
import { openPalette, openShortcuts } from './shell_state';
import { Shortcuts } from './Shortcuts';
import { useChangeMe } from './useChangeMe';
import { usePlaces } from './usePlaces';
import { useSignOut } from './useSignOut';

const icon_size = 16;
/** By module of CRM and Bigin. */
const sales_keys: Record<string, string> = {
  leads: 'g l', contacts: 'g c', accounts: 'g a', deals: 'g d', products: 'g p', campaigns: 'g m', tasks: 'g t', events: 'g e', calls: 'g h', calendar: 'g k', dashboard: 'g b',
};

/** The commands that exist on every screen. */
export function ShellCommands() {
  const { t } = useText();
  const org = useOrganisation();
  const navigate = useNavigate();
  const { person } = useSession();
  const changeMe = useChangeMe();
  const signOut = useSignOut();
  useCommandKeys();
  const go = (path: string) => () => void navigate(`${homeOf(org)}/${path}`);
  const is_desk = useApp() === 'desk';
  const places = t('shortcuts.group_go');
  const general = t('shortcuts.group_general');
  const desk_places: Command[] = [
    { id: 'go.tickets', label: t('shortcuts.go_tickets'), group: places, keys: 'g t', icon: <IconTicket size={icon_size} />, run: go('tickets') },
    { id: 'go.contacts', label: t('shortcuts.go_contacts'), group: places, keys: 'g c', icon: <IconAddressBook size={icon_size} />, run: go('contacts') },
    { id: 'go.accounts', label: t('shortcuts.go_accounts'), group: places, keys: 'g a', icon: <IconBuilding size={icon_size} />, run: go('accounts') },
    { id: 'go.products', label: t('products.go'), group: places, keys: 'g p', icon: <IconPackage size={icon_size} />, run: go('products') },
    { id: 'go.activities', label: t('activities.go'), group: places, keys: 'g i', icon: <IconChecklist size={icon_size} />, run: go('activities') },
    { id: 'go.dashboard', label: t('dashboard.go'), group: places, keys: 'g d', icon: <IconChartBar size={icon_size} />, run: go('dashboard') },
    { id: 'go.time', label: t('time_report.go'), group: places, keys: 'g w', icon: <IconClockHour4 size={icon_size} />, run: go('time') },
  ];
  const { places: shown, more } = usePlaces();
  const reachable = [...shown, ...more].map(({ path }) => `go.${path}`);
  const sales_places = shown.map(({ path, label, icon: Icon }): Command => ({
    id: `go.${path}`, label: t('crm.go_to', { place: label }), group: places, icon: <Icon size={icon_size} />, run: go(path), ...(path in sales_keys ? { keys: sales_keys[path] } : {}),
  }));
  useCommands([
    { id: 'palette', label: t('shortcuts.palette'), group: general, keys: 'mod+k', works_in_inputs: true, hidden_in_palette: true, run: openPalette },
    { id: 'search', label: t('shortcuts.search'), group: general, keys: '/', hidden_in_palette: true, run: openPalette },
    { id: 'shortcuts', label: t('app.shortcuts'), group: general, keys: '?', icon: <IconKeyboard size={icon_size} />, run: openShortcuts },
    ...(is_desk ? desk_places.filter(({ id }) => reachable.includes(id)) : sales_places),
    { id: 'go.settings', label: t('shortcuts.go_settings'), group: places, keys: 'g s', icon: <IconSettings size={icon_size} />, run: go('settings') },
    {
      id: 'theme', label: t('shortcuts.theme'), group: general, icon: <IconMoon size={icon_size} />,
      run: () => changeMe({ theme: isDark(person.theme) ? 'light' : 'dark' }),
    },
    { id: 'sign_out', label: t('app.sign_out'), group: general, icon: <IconLogout size={icon_size} />, run: () => void signOut() },
  ]);
  return <Shortcuts />;
}

function isDark(theme: string): boolean {
  return theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
}
