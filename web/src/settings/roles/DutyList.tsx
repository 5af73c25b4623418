import { Checkbox } from '@mantine/core';
import { useText } from '@/i18n';
import { duties, toggled } from './role_words';
import classes from './Roles.module.css';

interface DutyListProps {
  chosen: string[];
  is_fixed: boolean;
  onChange: (duties: string[]) => void;
}

/** What a role may do in the settings. */
export function DutyList({ chosen, is_fixed, onChange }: DutyListProps) {
  const { t } = useText();
  return (
    <div className={classes.duties}>
      {duties.map((duty) => (
        <Checkbox
          key={duty}
          label={t(`duty.${duty}`)}
          checked={chosen.includes(duty)}
          disabled={is_fixed}
          onChange={() => onChange(toggled(chosen, duty))}
        />
      ))}
    </div>
  );
}
