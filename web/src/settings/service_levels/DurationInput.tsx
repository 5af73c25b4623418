import { Group, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useText } from '@/i18n';
import { fromUnit, inUnit, unitOf } from './policy_form';
import type { TimeUnit } from './policy_form';

const minutes_max = 365 * 24 * 60;

interface DurationInputProps {
  /** Names what lasts so long; shown only to who hears the page. */
  label: string;
  minutes: number | null;
  onChange: (minutes: number | null) => void;
}

/** A length of time in minutes or hours; empty is none. */
export function DurationInput({ label, minutes, onChange }: DurationInputProps) {
  const { t } = useText();
  const [unit, setUnit] = useState<TimeUnit>(() => (minutes === null ? 'hours' : unitOf(minutes)));
  const handleUnit = (word: string | null) => {
    const next: TimeUnit = word === 'minutes' ? 'minutes' : 'hours';
    setUnit(next);
    if (minutes !== null) onChange(fromUnit(inUnit(minutes, unit), next));
  };
  return (
    <Group gap={4} wrap="nowrap">
      <NumberInput
        aria-label={label} min={1} max={inUnit(minutes_max, unit)} allowNegative={false} allowDecimal={unit === 'hours'} decimalScale={2}
        hideControls w={76} value={minutes === null ? '' : inUnit(minutes, unit)}
        onChange={(value) => onChange(value === '' ? null : fromUnit(Number(value), unit))}
      />
      <Select
        aria-label={t('settings.service_levels.unit_of', { label })} allowDeselect={false} w={104} value={unit} onChange={handleUnit}
        data={[{ value: 'minutes', label: t('settings.service_levels.minutes') }, { value: 'hours', label: t('settings.service_levels.hours') }]}
      />
    </Group>
  );
}
