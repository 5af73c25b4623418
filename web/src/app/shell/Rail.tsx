import { IconHeadset, IconSettings } from '@tabler/icons-react';
import { NavLink, useLocation } from 'react-router';
import { useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Logo } from './Logo';
import { OwnMenu } from './OwnMenu';
import classes from './Rail.module.css';

/** The apps the person belongs to, the settings and the own menu. */
export function Rail() {
  const { t } = useText();
  const org = useOrganisation();
  const { pathname } = useLocation();
  const is_settings = pathname.startsWith(`/desk/${org}/settings`);
  return (
    <nav className={classes.rail} aria-label={t('app.main_navigation')}>
      <div className={classes.logo}><Logo /></div>
      <NavLink className={classes.item} to={`/desk/${org}/tickets`} aria-current={is_settings ? undefined : 'page'} data-active={!is_settings || undefined}>
        <IconHeadset size={20} stroke={1.7} aria-hidden="true" />
        <span>{t('app.desk')}</span>
      </NavLink>
      <div className={classes.gap} />
      <NavLink className={classes.item} to={`/desk/${org}/settings`} data-active={is_settings || undefined}>
        <IconSettings size={20} stroke={1.7} aria-hidden="true" />
        <span>{t('app.settings')}</span>
      </NavLink>
      <OwnMenu />
    </nav>
  );
}
