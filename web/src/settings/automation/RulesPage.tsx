import { Alert, Button, Menu, Switch } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { patch } from '@/api';
import type { AutomationRule, OpenTicketWalk } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, RowMenu, SimpleTable, useFormat } from '@/ui';
import type { SimpleColumn } from '@/ui';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { useAct } from '../useAct';
import { useSettingsQuery, useSettingsWrite } from '../useSettings';
import { WalkProgress } from '../WalkProgress';
import { RuleDialog } from './RuleDialog';
import { useTimingWords } from './useTimingWords';
import { DeleteRow, EditRow } from '../RowActs';
import { useDelete } from '../useDelete';

/** The rules that act on tickets by themselves, in the order in which they are asked. */
export function RulesPage() {
  const { t } = useText();
  const rules = useSettingsQuery<{ rules: AutomationRule[]; walk: OpenTicketWalk | null }>('automation_rules');
  const timingWords = useTimingWords();
  const { refetch } = rules;
  const handleLook = useCallback(() => void refetch(), [refetch]);
  const write = useSettingsWrite('automation_rules');
  const deleteAt = useDelete('automation_rules');
  const { series } = useFormat();
  const act = useAct();
  const [edited, setEdited] = useState<AutomationRule | 'new' | null>(null);
  const change = (rule: AutomationRule, changes: object) => act(() => write((base) => patch(`${base}/automation_rules/${rule.id}`, changes)));
  const handleDelete = (rule: AutomationRule) => deleteAt(`automation_rules/${rule.id}`, { title: t('automation.delete_rule', { name: rule.name }), body: t('automation.delete_rule_help') });
  const columns = (count: number): SimpleColumn<AutomationRule>[] => [
    {
      name: 'name', label: t('automation.name'),
      show: (rule) => (
        <div className={classes.nameWords}>
          <span className={classes.nameMain}>{rule.position}. {rule.name}</span>
          <span className={classes.nameMore}>{rule.department?.title ?? t('automation.all_departments')}</span>
          {rule.problem !== null && <Alert color="red" p={4} mt={4}>{t('automation.problem')}</Alert>}
        </div>
      ),
    },
    { name: 'event', label: t('automation.event'), show: (rule) => (rule.timing === null ? t(`automation.events.${rule.event}`) : timingWords(rule.timing)) },
    { name: 'actions', label: t('automation.actions'), show: (rule) => series(rule.actions.map((action) => t(`automation.do.${action.do}`))) },
    {
      name: 'on', label: t('automation.is_on'), width: 90,
      show: (rule) => (
        <Switch aria-label={t('automation.is_on_named', { name: rule.name })} checked={rule.is_active} onChange={(event) => void change(rule, { is_active: event.currentTarget.checked })} />
      ),
    },
    {
      name: 'acts', label: '', kind: 'acts', width: 48,
      show: (rule) => (
        <RowMenu label={t('settings.acts_for', { name: rule.name })}>
          <EditRow onClick={() => setEdited(rule)} />
          {rule.position > 1 && <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => void change(rule, { position: rule.position - 1 })}>{t('automation.move_up')}</Menu.Item>}
          {rule.position < count && <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => void change(rule, { position: rule.position + 1 })}>{t('automation.move_down')}</Menu.Item>}
          <DeleteRow onClick={() => void handleDelete(rule)} />
        </RowMenu>
      ),
    },
  ];
  return (
    <SettingsPage
      name="automation_rules" query={rules}
      actions={<Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>{t('automation.add_rule')}</Button>}
    >
      {(data) => (
        <>
          {data.rules.length === 0
            ? <EmptyState title={t('automation.no_rules')}>{t('automation.no_rules_help')}</EmptyState>
            : <SimpleTable label={t('settings.automation_rules.title')} columns={columns(data.rules.length)} rows={data.rules} keyOf={(rule) => rule.id} />}
          <WalkProgress walk={data.walk} onLook={handleLook} />
          {edited !== null && <RuleDialog rule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
        </>
      )}
    </SettingsPage>
  );
}
