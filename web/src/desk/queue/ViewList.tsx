import { Button, Select, Skeleton } from '@mantine/core';
import {
  IconAlarm, IconAlertTriangle, IconBan, IconBell, IconCircleCheck, IconFilter, IconFlame, IconInbox, IconPlus, IconShare, IconStack2, IconUser,
  IconUserQuestion,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useMeta } from '@/api';
import type { CustomView, View } from '@/api';
import { useOptionalText, useText } from '@/i18n';
import { ViewMenu, ViewMenus as ViewMenusOf, isCustom, useViewCount, useViewCounts } from '@/records';
import type { ViewActs } from '@/records';
import { departmentsToFilter } from './departments_to_filter';
import classes from './Queue.module.css';

interface ViewListProps {
  views: (View | CustomView)[] | undefined;
  acts: ViewActs;
  chosen: string;
  department: string | null;
  hrefOf: (view: string) => string;
  onView: (view: string) => void;
  onDepartment: (department: string | null) => void;
}

const icons: Record<string, Icon> = {
  open: IconInbox, all: IconStack2, mine: IconUser, unassigned: IconUserQuestion, overdue: IconAlarm, escalated: IconAlertTriangle,
  high_priority: IconFlame, closed: IconCircleCheck, following: IconBell, shared: IconShare, spam: IconBan,
};

/** The views with their counts, and the department that narrows them. */
export function ViewList({ views, acts, chosen, department, hrefOf, onDepartment }: ViewListProps) {
  const { t } = useText();
  const custom = (views ?? []).filter(isCustom);
  const counts = useViewCounts('tickets', custom.map((view) => view.id), department);
  return (
    <nav className={classes.views} aria-label={t('desk.views')}>
      <DepartmentSelect department={department} onDepartment={onDepartment} />
      {views === undefined && Array.from({ length: 8 }, (_, index) => <Skeleton key={index} height={26} />)}
      {views?.filter((view) => !isCustom(view)).map((view) => (
        <ViewLink key={view.id} view={view} href={hrefOf(view.id)} is_chosen={view.id === chosen} />
      ))}
      {custom.length > 0 && <h2 className={classes.viewsHead}>{t('views.custom')}</h2>}
      {custom.map((view, place) => (
        <div key={view.id} className={classes.custom}>
          <ViewLink view={{ ...view, ...counts.get(view.id) }} href={hrefOf(view.id)} is_chosen={view.id === chosen} />
          <ViewMenu view={view} acts={acts} is_first={place === 0} is_last={place === custom.length - 1} />
        </div>
      ))}
      {views !== undefined && (
        <Button className={classes.newView} variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={acts.create}>
          {t('views.new')}
        </Button>
      )}
    </nav>
  );
}

function ViewLink({ view, href, is_chosen }: { view: View | CustomView; href: string; is_chosen: boolean }) {
  const { t } = useText();
  const name = useViewName();
  const count = useViewCount();
  const Sign = icons[view.id] ?? IconFilter;
  const is_hot = ['overdue', 'escalated'].includes(view.id) && (view.count ?? 0) > 0;
  const has_fault = isCustom(view) && view.fault !== null;
  return (
    <Link className={classes.view} to={href} aria-current={is_chosen ? 'page' : undefined} title={name(view)}>
      <Sign size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.viewName}>{name(view)}</span>
      {has_fault && <IconAlertTriangle size={14} color="var(--warn)" role="img" aria-label={t('views.has_fault')} />}
      <span className={classes.count} data-hot={is_hot || undefined}>{count(view)}</span>
    </Link>
  );
}

/** The same for a small screen: two menus in a line, and what can be done with the view. */
export function ViewMenus({ views, acts, chosen, department, onView, onDepartment }: ViewListProps) {
  const nameOf = useViewName();
  return (
    <ViewMenusOf module="tickets" views={views} acts={acts} chosen={chosen} department={department} nameOf={nameOf} onView={onView}>
      <div className={classes.besideViews}><DepartmentSelect department={department} onDepartment={onDepartment} /></div>
    </ViewMenusOf>
  );
}

function DepartmentSelect({ department, onDepartment }: Pick<ViewListProps, 'department' | 'onDepartment'>) {
  const { t } = useText();
  const { departments, me } = useMeta();
  const shown = departmentsToFilter(departments, me, department);
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
