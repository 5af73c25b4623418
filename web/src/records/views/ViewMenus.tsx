import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CustomView, View } from '@/api';
import { useText } from '@/i18n';
import { isCustom } from './useViews';
import { useViewCount } from './useViewCount';
import { useViewCounts } from './useViewCounts';
import type { ViewActs } from './useViewActs';
import { ViewMenu } from './ViewMenu';
import classes from './Views.module.css';

interface ViewMenusProps {
  module: string;
  views: (View | CustomView)[] | undefined;
  acts: ViewActs;
  chosen: string;
  department?: string | null;
  nameOf: (view: View) => string;
  onView: (view: string) => void;
  /** Stands beside the views: what else narrows them. */
  children?: ReactNode;
}

/** The views in a menu, with their counts, and what can be done with the one that is shown. */
export function ViewMenus({ module, views, acts, chosen, department = null, nameOf, onView, children }: ViewMenusProps) {
  const { t } = useText();
  const count = useViewCount();
  const custom = (views ?? []).filter(isCustom);
  const counts = useViewCounts(module, custom.map((view) => view.id), department);
  const place = custom.findIndex((view) => view.id === chosen);
  const shown = custom[place];
  const labelOf = (view: View) => (view.count === null ? nameOf(view) : `${nameOf(view)} (${count(view)})`);
  const options = (all: View[]) => all.map((view) => ({ value: view.id, label: labelOf(view) }));
  const ready = options((views ?? []).filter((view) => !isCustom(view)));
  const counted = custom.map((view) => ({ ...view, ...counts.get(view.id) }));
  return (
    <div className={classes.menus}>
      <Select
        aria-label={t('desk.view')}
        className={classes.menu}
        allowDeselect={false}
        data={custom.length === 0 ? ready : [{ group: t('views.ready'), items: ready }, { group: t('views.custom'), items: options(counted) }]}
        value={chosen}
        onChange={(view) => view !== null && onView(view)}
      />
      {children}
      <div className={classes.acts}>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={acts.create}>{t('views.new')}</Button>
        {shown && <ViewMenu view={shown} acts={acts} is_first={place === 0} is_last={place === custom.length - 1} />}
      </div>
    </div>
  );
}
