import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSettings } from '@tabler/icons-react';
import { Link, NavLink, useLocation } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Logo } from './Logo';
import { OwnMenu } from './OwnMenu';
import classes from './Rail.module.css';
import { useApps } from './useApps';
import type { AppPlace } from './useApps';

/** The apps the person belongs to, the settings and the own menu. */
export function Rail() {
  const { t } = useText();
  const org = useOrganisation();
  const apps = useApps();
  const { pathname } = useLocation();
  const is_settings = pathname.startsWith(`${homeOf(org)}/settings`);
  return (
    <nav className={classes.rail} aria-label={t('app.main_navigation')}>
      <div className={classes.logo}><Logo /></div>
      {apps.map((place) => <AppItem key={place.app} place={place} is_current={place.is_here && !is_settings} />)}
      <div className={classes.gap} />
      <NavLink className={classes.item} to={`${homeOf(org)}/settings`} data-active={is_settings || undefined}>
        <IconSettings size={20} stroke={1.7} aria-hidden="true" />
        <span>{t('app.settings')}</span>
      </NavLink>
      <OwnMenu />
    </nav>
  );
}

/** Goes to the organisation of the application; of several one is chosen. */
function AppItem({ place: { label, icon: Icon, organisations }, is_current }: { place: AppPlace; is_current: boolean }) {
  const { t } = useText();
  const inside = (
    <>
      <Icon size={20} stroke={1.7} aria-hidden="true" />
      <span>{label}</span>
    </>
  );
  const only = organisations[0];
  if (only !== undefined && organisations.length === 1)
    return <Link className={classes.item} to={only.home} aria-current={is_current ? 'page' : undefined} data-active={is_current || undefined}>{inside}</Link>;
  return (
    <Menu position="right-start" offset={6} width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.item} aria-current={is_current ? 'page' : undefined} data-active={is_current || undefined}>{inside}</UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('app.choose_organisation', { app: label })}</Menu.Label>
        {organisations.map(({ id, name, home, is_here }) => (
          <Menu.Item key={id} component={Link} to={home} aria-current={is_here ? 'true' : undefined} rightSection={is_here ? <IconCheck size={15} aria-hidden="true" /> : undefined}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
