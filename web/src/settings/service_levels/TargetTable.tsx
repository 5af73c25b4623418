import { findField, useModule } from '@/api';
import type { TargetTimes } from '@/api';
import { useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import { DurationInput } from './DurationInput';
import { no_target } from './policy_form';
import classes from './ServiceLevels.module.css';

const parts: { part: keyof TargetTimes; word: string }[] = [
  { part: 'first_response_minutes', word: 'first_response' }, { part: 'resolution_minutes', word: 'resolution' },
];

interface TargetTableProps {
  targets: Record<string, TargetTimes>;
  onChange: (targets: Record<string, TargetTimes>) => void;
}

/** How soon, for each priority and for tickets without one. Empty is no promise. */
export function TargetTable({ targets, onChange }: TargetTableProps) {
  const { t } = useText();
  const choiceLabel = useChoiceLabel();
  const field = findField(useModule('tickets'), 'priority');
  const rows = [
    ...(field?.choices ?? []).map((choice) => ({ name: choice.name, label: field ? choiceLabel('tickets', field, choice) : choice.label })).reverse(),
    { name: 'none', label: t('settings.service_levels.no_priority') },
  ];
  const set = (name: string, part: keyof TargetTimes, minutes: number | null) =>
    onChange({ ...targets, [name]: { ...(targets[name] ?? no_target), [part]: minutes } });
  return (
    <table className={classes.targets}>
      <thead>
        <tr>
          <th scope="col">{t('settings.service_levels.priority')}</th>
          {parts.map(({ part, word }) => <th key={part} scope="col">{t(`settings.service_levels.target_${word}`)}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, label }) => (
          <tr key={name}>
            <th scope="row">{label}</th>
            {parts.map(({ part, word }) => {
              const target = t(`settings.service_levels.target_${word}`);
              return (
                <td key={part} data-label={target}>
                  <DurationInput label={`${label}: ${target}`} minutes={targets[name]?.[part] ?? null} onChange={(minutes) => set(name, part, minutes)} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
