import { ActionIcon, Checkbox, MultiSelect, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { findField, useMeta, useModule } from '@/api';
import type { EscalationLevel } from '@/api';
import { useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import classes from './ServiceLevels.module.css';

const minutes_max = 365 * 24 * 60;
const told_max = 20;

interface LevelCardProps {
  /** Counted from 1, for the labels. */
  place: number;
  level: EscalationLevel;
  onChange: (level: EscalationLevel) => void;
  onRemove: () => void;
}

/** One level of escalation: when, and what happens. */
export function LevelCard({ place, level, onChange, onRemove }: LevelCardProps) {
  const { t } = useText();
  const { agents } = useMeta();
  const choiceLabel = useChoiceLabel();
  const priority = findField(useModule('tickets'), 'priority');
  const people = agents.filter((agent) => agent.status !== 'disabled').map((agent) => ({ value: agent.id, label: agent.name }));
  const set = (changes: Partial<EscalationLevel>) => onChange({ ...level, ...changes });
  const is_before = level.after_minutes < 0;
  const handleSide = (side: string | null) =>
    set({ after_minutes: side === 'before' ? -Math.max(1, Math.abs(level.after_minutes)) : Math.abs(level.after_minutes) });
  const handleMinutes = (value: string | number) => {
    const minutes = Math.abs(Number(value));
    set({ after_minutes: is_before ? -minutes : minutes });
  };
  return (
    <div className={classes.card} role="group" aria-label={t('settings.service_levels.level', { place })}>
      <div className={classes.line}>
        <NumberInput
          label={t('settings.service_levels.level_minutes')} w={110} min={0} max={minutes_max} allowDecimal={false} allowNegative={false}
          value={Math.abs(level.after_minutes)} onChange={handleMinutes}
        />
        <Select
          label={t('settings.service_levels.level_side')} className={classes.grow} allowDeselect={false} value={is_before ? 'before' : 'after'} onChange={handleSide}
          data={['before', 'after'].map((side) => ({ value: side, label: t(`settings.service_levels.side_${side}`) }))}
        />
        <Select
          label={t('settings.service_levels.level_target')} className={classes.grow} allowDeselect={false} value={level.target}
          onChange={(word) => set({ target: word === 'first_response' ? 'first_response' : 'resolution' })}
          data={['first_response', 'resolution'].map((word) => ({ value: word, label: t(`settings.service_levels.target_${word}`) }))}
        />
        <ActionIcon size="lg" aria-label={t('settings.service_levels.remove_level', { place })} onClick={onRemove}><IconTrash size={16} /></ActionIcon>
      </div>
      <Checkbox label={t('settings.service_levels.sets_escalated')} checked={level.sets_escalated} onChange={(event) => set({ sets_escalated: event.currentTarget.checked })} />
      <MultiSelect label={t('settings.service_levels.told_agents')} data={people} searchable maxValues={told_max} value={level.told_agents} onChange={(told_agents) => set({ told_agents })} />
      <div className={classes.line}>
        <Select
          label={t('settings.service_levels.new_priority')} className={classes.grow} clearable placeholder={t('settings.service_levels.unchanged')}
          value={level.priority === '' ? null : level.priority} onChange={(word) => set({ priority: word ?? '' })}
          data={(priority?.choices ?? []).map((choice) => ({ value: choice.name, label: priority ? choiceLabel('tickets', priority, choice) : choice.label }))}
        />
        <Select
          label={t('settings.service_levels.new_owner')} className={classes.grow} clearable searchable placeholder={t('settings.service_levels.unchanged')}
          value={level.owner} data={people} onChange={(owner) => set({ owner })}
        />
      </div>
    </div>
  );
}
