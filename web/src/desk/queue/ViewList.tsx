import { Select, Skeleton } from '@mantine/core';
import {
  IconAlarm, IconAlertTriangle, IconCircleCheck, IconFlame, IconInbox, IconShare, IconStack2, IconUser, IconUserQuestion,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useMeta } from '@/api';
import type { View } from '@/api';
import { useOptionalText, useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './Queue.module.css';

interface ViewListProps {
  views: View[] | undefined;
  chosen: string;
  department: string | null;
  hrefOf: (view: string) => string;
  onView: (view: string) => void;
  onDepartment: (department: string | null) => void;
}

const icons: Record<string, Icon> = {
  open: IconInbox, all: IconStack2, mine: IconUser, unassigned: IconUserQuestion, overdue: IconAlarm, escalated: IconAlertTriangle,
  high_priority: IconFlame, closed: IconCircleCheck, shared: IconShare,
};

/** The views with their counts, and the department that narrows them. */
export function ViewList({ views, chosen, department, hrefOf, onDepartment }: ViewListProps) {
  const { t } = useText();
  const name = useViewName();
  const count = useViewCount();
  return (
    <nav className={classes.views} aria-label={t('desk.views')}>
      <DepartmentSelect department={department} onDepartment={onDepartment} />
      {views === undefined && Array.from({ length: 8 }, (_, index) => <Skeleton key={index} height={26} />)}
      {views?.map((view) => {
        const Sign = icons[view.id] ?? IconInbox;
        return (
          <Link key={view.id} className={classes.view} to={hrefOf(view.id)} aria-current={view.id === chosen ? 'page' : undefined}>
            <Sign size={16} stroke={1.7} aria-hidden="true" />
            <span className={classes.viewName}>{name(view)}</span>
            <span className={classes.count} data-hot={(['overdue', 'escalated'].includes(view.id) && view.count > 0) || undefined}>
              {count(view)}
            </span>
          </Link>
        );
      })}
    </nav>
  );
}

/** The same for a small screen: two menus in a line. */
export function ViewMenus({ views, chosen, department, onView, onDepartment }: ViewListProps) {
  const { t } = useText();
  const name = useViewName();
  const count = useViewCount();
  return (
    <div className={classes.viewMenus}>
      <Select
        aria-label={t('desk.view')}
        allowDeselect={false}
        data={(views ?? []).map((view) => ({ value: view.id, label: `${name(view)} (${count(view)})` }))}
        value={chosen}
        onChange={(view) => view !== null && onView(view)}
      />
      <DepartmentSelect department={department} onDepartment={onDepartment} />
    </div>
  );
}

function DepartmentSelect({ department, onDepartment }: Pick<ViewListProps, 'department' | 'onDepartment'>) {
  const { t } = useText();
  const { departments } = useMeta();
  const shown = departments.filter((each) => each.is_enabled || each.id === department);
  if (shown.length < 2) return null;
  return (
    <Select
      aria-label={t('desk.department')}
      className={classes.department}
      allowDeselect={false}
      data={[{ value: '', label: t('desk.all_departments') }, ...shown.map(({ id, name }) => ({ value: id, label: name }))]}
      value={department ?? ''}
      onChange={(id) => onDepartment(id === '' ? null : id)}
    />
  );
}

/** Our views have translated names; views that people made keep theirs. */
export function useViewName(): (view: { id: string; name: string }) => string {
  const text = useOptionalText();
  return (view) => text(`desk.view_${view.id}`, view.name);
}

function useViewCount(): (view: View) => string {
  const format = useFormat();
  return (view) => `${format.number(view.count)}${view.count_is_exact ? '' : '+'}`;
}
