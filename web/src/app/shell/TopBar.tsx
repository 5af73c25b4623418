import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Keys } from '@/ui';
import { Bell } from './Bell';
import { Connection } from './Connection';
import { openPalette } from './shell_state';
import classes from './TopBar.module.css';
import { usePlaces } from './usePlaces';

/** The modules, the search and the bell. On a small screen the modules stand in the bar at the bottom. */
export function TopBar({ is_small }: { is_small: boolean }) {
  const { t } = useText();
  const org = useOrganisation();
  const { places } = usePlaces();
  return (
    <div className={classes.bar}>
      {!is_small && (
        <nav className={classes.modules} aria-label={t('app.modules')}>
          {places.map(({ path, label }) => <NavLink key={path} className={classes.module} to={`${homeOf(org)}/${path}`}>{label}</NavLink>)}
        </nav>
      )}
      <div role="search" className={classes.searchPlace}>
        <UnstyledButton className={classes.search} onClick={openPalette} aria-keyshortcuts="Control+K">
          <IconSearch size={15} aria-hidden="true" />
          <span className={classes.searchWords}>{t('app.search_placeholder')}</span>
          <span className={classes.searchKeys}><Keys keys="mod+k" /></span>
        </UnstyledButton>
      </div>
      <div className={classes.end}><Connection /><Bell /></div>
    </div>
  );
}
