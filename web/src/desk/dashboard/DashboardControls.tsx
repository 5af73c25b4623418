import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMeta } from '@/api';
import { useText } from '@/i18n';
import classes from './Dashboard.module.css';
import type { Scope } from './dashboard_types';
import { periodFault, periods } from './period';
import type { PeriodWords } from './period';

interface DashboardControlsProps {
  period: PeriodWords;
  department: string | null;
  scope: Pick<Scope, 'from' | 'until' | 'today'>;
  onPeriod: (period: PeriodWords) => void;
  onDepartment: (id: string | null) => void;
}

const custom = 'custom';

/** Which tickets the dashboard is about. */
export function DashboardControls({ period, department, scope, onPeriod, onDepartment }: DashboardControlsProps) {
  const { t } = useText();
  const { me, departments } = useMeta();
  const [is_choosing, setChoosing] = useState(period.from !== null);
  const mine = departments.filter((each) => me.role.kind === 'administrator' || me.department_ids.includes(each.id));
  const choose = (value: string | null) => {
    setChoosing(value === custom);
    if (value !== null && value !== custom) onPeriod({ days: value, from: null, until: null });
  };
  return (
    <div className={classes.controls}>
      <Select
        label={t('dashboard.period')}
        allowDeselect={false}
        data={[...periods.map((days) => ({ value: days, label: t(`dashboard.last_${days}`) })), { value: custom, label: t('dashboard.custom') }]}
        value={is_choosing ? custom : (period.days ?? custom)}
        onChange={choose}
      />
      {is_choosing && <CustomPeriod key={`${scope.from} ${scope.until}`} scope={scope} onPeriod={onPeriod} />}
      {mine.length > 1 && (
        <Select
          className={classes.department}
          label={t('dashboard.department')}
          allowDeselect={false}
          data={[{ value: '', label: t('desk.all_departments') }, ...mine.map(({ id, name }) => ({ value: id, label: name }))]}
          value={department ?? ''}
          onChange={(id) => onDepartment(id === '' ? null : id)}
        />
      )}
    </div>
  );
}

function CustomPeriod({ scope, onPeriod }: Pick<DashboardControlsProps, 'scope' | 'onPeriod'>) {
  const { t } = useText();
  const [from, setFrom] = useState(scope.from);
  const [until, setUntil] = useState(scope.until);
  const [is_asked, setAsked] = useState(false);
  const fault = periodFault(from, until, scope.today);
  const words = is_asked && fault !== null ? t(`dashboard.period_${fault}`) : undefined;
  const missing = (day: string) => (is_asked && day === '' ? t('refusal.not_a_date') : undefined);
  const apply = () => {
    setAsked(true);
    if (fault === null && from !== '' && until !== '') onPeriod({ days: null, from, until });
  };
  return (
    <form className={classes.custom} noValidate onSubmit={(event) => { event.preventDefault(); apply(); }}>
      <TextInput type="date" label={t('dashboard.from')} max={scope.today} value={from} onChange={(event) => setFrom(event.currentTarget.value)} error={missing(from) ?? (fault === 'future' ? undefined : words)} />
      <TextInput type="date" label={t('dashboard.until')} max={scope.today} value={until} onChange={(event) => setUntil(event.currentTarget.value)} error={missing(until) ?? (fault === 'future' ? words : undefined)} />
      <Button type="submit" variant="default">{t('dashboard.apply')}</Button>
    </form>
  );
}
