import { Button, Center } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, Navigate, Outlet, useParams } from 'react-router';
import { appOf, homeOf, LiveProvider, OrganisationProvider, useMetaQuery, useSession } from '@/api';
import type { App } from '@/api';
import { useText } from '@/i18n';
import { ErrorState, ScreenBoundary } from '@/ui';
import { Splash } from '../Splash';
import { CommandPalette } from './CommandPalette';
import { PhoneBar } from './PhoneBar';
import { Rail } from './Rail';
import { ShellCommands } from './ShellCommands';
import classes from './Shell.module.css';
import { TopBar } from './TopBar';

/** What stands around every screen of an organisation. `app` is the application that the address names. */
export function Shell({ app }: { app: App }) {
  const { t } = useText();
  const org = useParams().org ?? '';
  const meta = useMetaQuery(org);
  const { organisations } = useSession();
  if (appOf(org) !== app && organisations.some((each) => each.id === org)) return <Navigate to={homeOf(org)} replace />;
  if (meta.isPending) return <Splash />;
  if (!meta.data) {
    const home = <Button component={Link} to="/" variant="default">{t('app.go_home')}</Button>;
    return <Center component="main" h="100%"><ErrorState error={meta.error} onRetry={() => void meta.refetch()} action={home} /></Center>;
  }
  // It was open when the person was taken out of the organisation.
  if (!organisations.some((each) => each.id === org)) return <Navigate to="/" replace />;
  return (
    <OrganisationProvider value={org} key={org}>
      <LiveProvider org={org}>
        <ShellFrame />
      </LiveProvider>
    </OrganisationProvider>
  );
}

function ShellFrame() {
  const { t } = useText();
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">{t('app.skip_to_content')}</a>
      {!is_small && <Rail />}
      <TopBar is_small={is_small} />
      <main id="content" className={classes.content} tabIndex={-1}>
        <ScreenBoundary><Outlet /></ScreenBoundary>
      </main>
      {is_small && <PhoneBar />}
      <ShellCommands />
      <CommandPalette />
    </div>
  );
}
