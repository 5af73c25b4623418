import { Checkbox } from '@mantine/core';
import { useApp } from '@/api';
import { useText } from '@/i18n';
import { desk_duties, duties, toggled } from './role_words';
import classes from './Roles.module.css';

interface DutyListProps {
  chosen: string[];
  is_fixed: boolean;
  onChange: (duties: string[]) => void;
}

/** What a role may do in the settings. */
export function DutyList({ chosen, is_fixed, onChange }: DutyListProps) {
  const { t } = useText();
  const is_desk = useApp() === 'desk';
  return (
    <div className={classes.duties}>
      {duties.filter((duty) => is_desk || !desk_duties.includes(duty)).map((duty) => (
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
