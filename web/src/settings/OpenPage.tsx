import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { homeOf, useMeta, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, Page } from '@/ui';
import { mayOpen, settings_places } from './pages';

/** The page of the address for those who may open it; the others are told which duty or right it takes. */
export function OpenPage({ children }: { children: ReactNode }) {
  const { t } = useText();
  const meta = useMeta();
  const org = useOrganisation();
  const [path] = useLocation().pathname.slice(`${homeOf(org)}/settings/`.length).split('/');
  const place = settings_places.find((each) => each.path === path);
  if (place === undefined || mayOpen(place, meta)) return children;
  const right = place.needs === undefined ? t(`right.${place.right}`) : t(`duty.${place.needs}`);
  return (
    <Page title={t(`settings.${place.name}.title`)}>
      <EmptyState icon={<IconLock size={22} />} title={t('ui.error.title_forbidden')}>{t('settings.not_open', { right })}</EmptyState>
    </Page>
  );
}
