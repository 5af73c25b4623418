import { IconBriefcase, IconHeadset, IconStairsUp } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { homeOf, useApp, useOrganisation, useSession } from '@/api';
import type { App } from '@/api';
import { useText } from '@/i18n';

export interface AppPlace {
  app: App;
  label: string;
  /** Where it begins: in the organisation of the address, or in the first of that application. */
  home: string;
  icon: Icon;
  is_here: boolean;
}

const apps: [App, Icon][] = [['desk', IconHeadset], ['crm', IconBriefcase], ['bigin', IconStairsUp]];

/** The applications that the person belongs to. */
export function useApps(): AppPlace[] {
  const { t } = useText();
  const org = useOrganisation();
  const here = useApp();
  const { organisations } = useSession();
  return apps.flatMap(([app, icon]): AppPlace[] => {
    const is_here = app === here;
    const place = is_here ? org : organisations.find((each) => each.app === app)?.id;
    return place === undefined ? [] : [{ app, label: t(`app.${app}`), home: homeOf(place), icon, is_here }];
  });
}
