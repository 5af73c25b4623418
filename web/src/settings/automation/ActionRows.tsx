import { ActionIcon, Button, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMeta } from '@/api';
import type { AutomationAction } from '@/api';
import { useText } from '@/i18n';
import { ActionDetails } from './ActionDetails';
import { actionRow, actions_max, newAction, wordsFor } from './automation_form';
import type { ActionRow, ActionsOf } from './automation_form';
import classes from './Automation.module.css';

interface ActionRowsProps {
  rows: ActionRow[];
  of: ActionsOf;
  onChange: (rows: ActionRow[]) => void;
}

/** What is done, step by step, from above. */
export function ActionRows({ rows, of, onChange }: ActionRowsProps) {
  const { t } = useText();
  const { me } = useMeta();
  const set = (key: number, action: AutomationAction) => onChange(rows.map((row) => (row.key === key ? { key, action } : row)));
  const handleMoveUp = (at: number) =>
    onChange(rows.map((row, index) => (index === at ? rows[at - 1] ?? row : index === at - 1 ? rows[at] ?? row : row)));
  return (
    <fieldset className={classes.rows}>
      <legend className="visually-hidden">{t('automation.actions')}</legend>
      {rows.map(({ key, action }, at) => (
        <div key={key} className={classes.line} role="group" aria-label={t('automation.action_at', { place: at + 1 })}>
          <Select
            aria-label={t('automation.action')} allowDeselect={false} value={action.do}
            data={wordsFor(of, me.role.kind, action.do).map((word) => ({ value: word, label: t(`automation.do.${word}`) }))}
            onChange={(chosen) => {
              const word = wordsFor(of, me.role.kind, action.do).find((each) => each === chosen);
              if (word !== undefined) set(key, newAction(word));
            }}
          />
          <div className={classes.what}><ActionDetails action={action} of={of} onChange={(next) => set(key, next)} /></div>
          <div className={classes.acts}>
            <ActionIcon size="lg" disabled={at === 0} aria-label={t('automation.move_up')} onClick={() => handleMoveUp(at)}><IconArrowUp size={16} /></ActionIcon>
            <ActionIcon size="lg" disabled={at === rows.length - 1} aria-label={t('automation.move_down')} onClick={() => handleMoveUp(at + 1)}><IconArrowDown size={16} /></ActionIcon>
            <ActionIcon size="lg" aria-label={t('automation.remove_action', { place: at + 1 })} onClick={() => onChange(rows.filter((row) => row.key !== key))}><IconTrash size={16} /></ActionIcon>
          </div>
        </div>
      ))}
      {rows.length < actions_max && (
        <div>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => onChange([...rows, actionRow(newAction('set_field'))])}>
            {t('automation.add_action')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
