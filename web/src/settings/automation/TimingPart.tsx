import { NumberInput, Select, Switch } from '@mantine/core';
import { useText } from '@/i18n';
import classes from './Automation.module.css';
import { FormPart } from '../FormPart';
import { rule_moments, wait_units } from './timing_form';
import type { TimingForm } from './timing_form';

interface TimingPartProps {
  timing: TimingForm;
  fault: string | undefined;
  onChange: (changes: Partial<TimingForm>) => void;
}

const wait_max = 525_600;

/** How long after which moment a rule of time acts. */
export function TimingPart({ timing, fault, onChange }: TimingPartProps) {
  const { t } = useText();
  const is_due = timing.moment === 'due';
  const is_before = is_due && timing.is_before;
  return (
    <FormPart title={t('timed_rules.timing')} help={t('timed_rules.timing_help')} fault={fault}>
      <div className={classes.pair}>
        <div className={classes.pair}>
          <NumberInput
            label={t('timed_rules.wait')} min={is_due ? 0 : 1} max={wait_max} allowNegative={false} allowDecimal={false} value={timing.wait ?? ''}
            onChange={(value) => onChange({ wait: value === '' ? null : Number(value) })}
          />
          <Select
            label={t('timed_rules.unit')} allowDeselect={false} value={timing.unit} data={wait_units.map((word) => ({ value: word, label: t(`timed_rules.units.${word}`) }))}
            onChange={(chosen) => onChange({ unit: wait_units.find((each) => each === chosen) ?? timing.unit })}
          />
        </div>
        <Select
          label={t('timed_rules.counting')} allowDeselect={false} disabled={is_before} value={is_before ? 'day_and_night' : timing.counting}
          description={timing.counting === 'business_hours' && timing.unit === 'days' && !is_before ? t('timed_rules.day_help') : undefined}
          data={[{ value: 'day_and_night', label: t('timed_rules.day_and_night') }, { value: 'business_hours', label: t('timed_rules.business_hours') }]}
          onChange={(chosen) => onChange({ counting: chosen === 'business_hours' ? 'business_hours' : 'day_and_night' })}
        />
      </div>
      <div className={classes.pair}>
        {is_due && (
          <Select
            label={t('timed_rules.direction')} allowDeselect={false} value={timing.is_before ? 'before' : 'after'}
            data={[{ value: 'after', label: t('timed_rules.after') }, { value: 'before', label: t('timed_rules.before') }]}
            onChange={(chosen) => onChange({ is_before: chosen === 'before' })}
          />
        )}
        <Select
          label={is_due ? t('timed_rules.moment') : t('timed_rules.after_moment')} allowDeselect={false} value={timing.moment}
          data={rule_moments.map((word) => ({ value: word, label: t(`timed_rules.moments.${word}`) }))}
          onChange={(chosen) => onChange({ moment: rule_moments.find((each) => each === chosen) ?? timing.moment })}
        />
      </div>
      <Switch
        label={t('timed_rules.takes_earlier')} description={t('timed_rules.takes_earlier_help')} checked={timing.takes_earlier}
        onChange={(event) => onChange({ takes_earlier: event.currentTarget.checked })}
      />
    </FormPart>
  );
}
