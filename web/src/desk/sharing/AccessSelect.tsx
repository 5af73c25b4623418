import { Select } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { share_accesses } from '@/api';
import type { ShareAccess } from '@/api';
import { useText } from '@/i18n';
import classes from './Sharing.module.css';

interface AccessSelectProps {
  /** The department, for who hears the page. */
  name: string;
  access: ShareAccess;
  is_busy?: boolean;
  onChange: (access: ShareAccess) => void;
}

/** What a department may do with the ticket: one of three, each said in a line. */
export function AccessSelect({ name, access, is_busy, onChange }: AccessSelectProps) {
  const { t } = useText();
  const handleChange = (word: string | null) => {
    const next = share_accesses.find((each) => each === word);
    if (next !== undefined && next !== access) onChange(next);
  };
  return (
    <Select
      className={classes.access}
      aria-label={t('desk.share.access_of', { department: name })}
      allowDeselect={false}
      disabled={is_busy === true}
      data={share_accesses.map((each) => ({ value: each, label: t(`desk.share.access.${each}`) }))}
      value={access}
      onChange={handleChange}
      comboboxProps={{ width: 300, position: 'bottom-end', shadow: 'md' }}
      renderOption={({ option, checked }) => (
        <span className={classes.option}>
          <span className={classes.optionWords}>
            <span>{option.label}</span>
            <span className={classes.help}>{t(`desk.share.access_help.${option.value}`)}</span>
          </span>
          {checked === true && <IconCheck size={15} aria-hidden="true" />}
        </span>
      )}
    />
  );
}
