import { Menu, UnstyledButton } from '@mantine/core';
import { IconClockHour4, IconDots, IconSettings } from '@tabler/icons-react';
import { Link, NavLink, useLocation } from 'react-router';
import { useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { OwnMenu } from './OwnMenu';
import classes from './PhoneBar.module.css';
import rail from './Rail.module.css';
import { usePlaces } from './usePlaces';
import type { Place } from './usePlaces';

/** What a thumb reaches at once; the rest stands behind "More". */
const paths_in_bar = ['tickets', 'contacts', 'activities'];

/** The bar at the bottom of a small screen: every place of the wide one is in it or in its menu. */
export function PhoneBar() {
  const { t } = useText();
  const org = useOrganisation();
  const places = usePlaces();
  return (
    <nav className={rail.rail} aria-label={t('app.main_navigation')}>
      {places.filter(({ path }) => paths_in_bar.includes(path)).map(({ path, label, icon: Icon }) => (
        <NavLink key={path} className={`${rail.item} ${classes.place}`} to={`/desk/${org}/${path}`}>
          <Icon size={20} stroke={1.7} aria-hidden="true" />
          <span>{label}</span>
        </NavLink>
      ))}
      <MorePlaces places={[
        ...places.filter(({ path }) => !paths_in_bar.includes(path)),
        { path: 'time', label: t('time_report.title'), icon: IconClockHour4 },
        { path: 'settings', label: t('app.settings'), icon: IconSettings },
      ]} />
      <OwnMenu />
    </nav>
  );
}

function MorePlaces({ places }: { places: Place[] }) {
  const { t } = useText();
  const org = useOrganisation();
  const { pathname } = useLocation();
  const isHere = ({ path }: Place) => `${pathname}/`.startsWith(`/desk/${org}/${path}/`);
  const here = places.find(isHere);
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
            to={`/desk/${org}/${place.path}`}
            aria-current={isHere(place) ? 'page' : undefined}
            leftSection={<place.icon size={18} stroke={1.7} aria-hidden="true" />}
          >
            {place.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
