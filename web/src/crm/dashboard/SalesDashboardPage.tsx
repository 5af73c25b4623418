import { Select } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { findField, useMeta } from '@/api';
import { useFieldLabel } from '@/fields';
import { useText } from '@/i18n';
import { EmptyState, Page } from '@/ui';
import { dayOf } from '../deals/days';
import classes from './Dashboard.module.css';
import { DueTable } from './DueTable';
import { LossReasons } from './LossReasons';
import { StageValues } from './StageValues';
import { Tiles } from './Tiles';
import { useScope } from './useScope';
import { WonAndLost } from './WonAndLost';

/** What is on its way, what came of it, and what is to be done. */
export function SalesDashboardPage() {
  const { t } = useText();
  const { modules } = useMeta();
  const { scope } = useScope();
  const deals = modules.find(({ name, may }) => name === 'deals' && may.includes('read'));
  const has_amount = deals !== undefined && findField(deals, 'amount') !== undefined;
  const today = dayOf(new Date());
  return (
    <Page title={t('sales_dashboard.title')} lead={t('sales_dashboard.lead')}>
      <Controls />
      {deals === undefined
        ? <EmptyState icon={<IconTargetArrow size={22} />} title={t('sales_dashboard.no_deals')}>{t('sales_dashboard.no_deals_help')}</EmptyState>
        : <Tiles scope={scope} today={today} has_amount={has_amount} />}
      <div className={classes.cards}>
        {deals !== undefined && <StageValues scope={scope} has_amount={has_amount} />}
        {deals !== undefined && <WonAndLost scope={scope} today={today} has_amount={has_amount} />}
        <DueTable scope={scope} today={today} />
        {deals !== undefined && findField(deals, 'reason_for_loss') !== undefined && <LossReasons scope={scope} today={today} />}
      </div>
    </Page>
  );
}

function Controls() {
  const { t } = useText();
  const { pipelines, agents, modules } = useMeta();
  const fieldLabel = useFieldLabel();
  const { scope, choose } = useScope();
  const active = agents.filter((agent) => agent.status === 'active');
  const deals = modules.find(({ name }) => name === 'deals');
  const pipeline_field = deals && findField(deals, 'pipeline');
  return (
    <div className={classes.controls}>
      {pipelines.length > 1 && (
        <Select
          label={pipeline_field ? fieldLabel('deals', pipeline_field) : t('crm.deals.pipeline')} allowDeselect={false} value={scope.pipeline}
          data={pipelines.map((each) => ({ value: each.id, label: each.name }))} onChange={(pipeline) => choose({ pipeline })}
        />
      )}
      <Select
        label={t('sales_dashboard.owner')} allowDeselect={false} searchable value={scope.owner ?? ''} nothingFoundMessage={t('ui.nothing_found')}
        data={[{ value: '', label: t('sales_dashboard.everybody') }, { value: 'me', label: t('sales_dashboard.me') }, ...active.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(owner) => choose({ owner: owner === '' ? null : owner })}
      />
    </div>
  );
}
