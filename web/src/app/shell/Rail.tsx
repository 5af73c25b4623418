import { IconSettings } from '@tabler/icons-react';
import { Link, NavLink, useLocation } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Logo } from './Logo';
import { OwnMenu } from './OwnMenu';
import classes from './Rail.module.css';
import { useApps } from './useApps';

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
      {apps.map(({ app, label, home, icon: Icon, is_here }) => (
        <Link key={app} className={classes.item} to={home} aria-current={is_here && !is_settings ? 'page' : undefined} data-active={(is_here && !is_settings) || undefined}>
          <Icon size={20} stroke={1.7} aria-hidden="true" />
          <span>{label}</span>
        </Link>
      ))}
      <div className={classes.gap} />
      <NavLink className={classes.item} to={`${homeOf(org)}/settings`} data-active={is_settings || undefined}>
        <IconSettings size={20} stroke={1.7} aria-hidden="true" />
        <span>{t('app.settings')}</span>
      </NavLink>
      <OwnMenu />
    </nav>
  );
}
