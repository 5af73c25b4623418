import { Menu, UnstyledButton } from '@mantine/core';
import { IconDots, IconSettings } from '@tabler/icons-react';
import { Link, NavLink, useLocation } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { OwnMenu } from './OwnMenu';
import classes from './PhoneBar.module.css';
import rail from './Rail.module.css';
import { useApps } from './useApps';
import type { AppPlace } from './useApps';
import { usePlaces } from './usePlaces';
import type { Place } from './usePlaces';

/** The bar at the bottom of a small screen: every place of the wide one is in it or in its menu. */
export function PhoneBar() {
  const { t } = useText();
  const org = useOrganisation();
  const { places, more, in_reach } = usePlaces();
  const apps = useApps();
  return (
    <nav className={rail.rail} aria-label={t('app.main_navigation')}>
      {places.filter(({ path }) => in_reach.includes(path)).map(({ path, label, icon: Icon }) => (
        <NavLink key={path} className={`${rail.item} ${classes.place}`} to={`${homeOf(org)}/${path}`}>
          <Icon size={20} stroke={1.7} aria-hidden="true" />
          <span>{label}</span>
        </NavLink>
      ))}
      <MorePlaces places={[
        ...places.filter(({ path }) => !in_reach.includes(path)),
        ...more,
        { path: 'settings', label: t('app.settings'), icon: IconSettings },
      ]} apps={apps} />
      <OwnMenu />
    </nav>
  );
}

function MorePlaces({ places, apps }: { places: Place[]; apps: AppPlace[] }) {
  const { t } = useText();
  const org = useOrganisation();
  const { pathname } = useLocation();
  const isHere = ({ path }: Place) => `${pathname}/`.startsWith(`${homeOf(org)}/${path}/`);
  const here = places.find(isHere);
  // Of several organisations of an application each is called by its name as well.
  const elsewhere = apps.flatMap(({ label, icon, organisations }) =>
    organisations.filter((each) => !each.is_here).map(({ id, name, home }) => ({ id, home, icon, label: organisations.length > 1 ? `${label} · ${name}` : label })));
  return (
    <Menu position="top" width={240} offset={8}>
      <Menu.Target>
        <UnstyledButton className={rail.item} data-active={here !== undefined || undefined}>
          <IconDots size={20} stroke={1.7} aria-hidden="true" />
          <span>{t('app.more')}</span>
          {here !== undefined && <span className="visually-hidden">{here.label}</span>}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map((place) => (
          <Menu.Item
            key={place.path}
            className={classes.more}
            component={Link}
            to={`${homeOf(org)}/${place.path}`}
            aria-current={isHere(place) ? 'page' : undefined}
            leftSection={<place.icon size={18} stroke={1.7} aria-hidden="true" />}
          >
            {place.label}
          </Menu.Item>
        ))}
        {elsewhere.length > 0 && <Menu.Divider />}
        {elsewhere.map(({ id, label, home, icon: Icon }) => (
          <Menu.Item key={id} className={classes.more} component={Link} to={home} leftSection={<Icon size={18} stroke={1.7} aria-hidden="true" />}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
