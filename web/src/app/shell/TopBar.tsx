import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { useMeta, useOrganisation } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { Keys } from '@/ui';
import { Bell } from './Bell';
import { Connection } from './Connection';
import { openPalette } from './shell_state';
import classes from './TopBar.module.css';

/** The modules that have a place in the bar. */
const modules_in_bar = ['tickets', 'contacts', 'accounts', 'products'];

export function TopBar() {
  const { t } = useText();
  const org = useOrganisation();
  const { modules } = useMeta();
  const moduleLabel = useModuleLabel();
  // Roles that were made before there were products do not read them.
  const readable = modules.filter((module) => module.name !== 'products' || module.may.includes('read'));
  const shown = modules_in_bar.flatMap((name) => readable.find((module) => module.name === name) ?? []);
  return (
    <div className={classes.bar}>
      <nav className={classes.modules} aria-label={t('app.modules')}>
        {shown.map((module) => (
          <NavLink key={module.name} className={classes.module} to={`/desk/${org}/${module.name}`}>
            {moduleLabel(module)}
          </NavLink>
        ))}
        <NavLink className={classes.module} to={`/desk/${org}/activities`}>{t('activities.title')}</NavLink>
        <NavLink className={classes.module} to={`/desk/${org}/dashboard`}>{t('dashboard.title')}</NavLink>
      </nav>
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
