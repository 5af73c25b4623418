import { IconBriefcase, IconHeadset, IconStairsUp } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { homeOf, useApp, useOrganisation, useSession } from '@/api';
import type { App } from '@/api';
import { useText } from '@/i18n';

/** An organisation that one may go to. */
export interface OrganisationPlace {
  id: string;
  name: string;
  home: string;
  is_here: boolean;
}

export interface AppPlace {
  app: App;
  label: string;
  icon: Icon;
  is_here: boolean;
  /** Those of the application that the person belongs to; at least one. */
  organisations: OrganisationPlace[];
}

const apps: [App, Icon][] = [['desk', IconHeadset], ['crm', IconBriefcase], ['bigin', IconStairsUp]];

/** The applications that the person belongs to. */
export function useApps(): AppPlace[] {
  const { t } = useText();
  const org = useOrganisation();
  const here = useApp();
  const { organisations } = useSession();
  return apps.flatMap(([app, icon]): AppPlace[] => {
    const own = organisations.filter((each) => each.app === app).map(({ id, name }) => ({ id, name, home: homeOf(id), is_here: id === org }));
    return own.length === 0 ? [] : [{ app, label: t(`app.${app}`), icon, is_here: app === here, organisations: own }];
  });
}
