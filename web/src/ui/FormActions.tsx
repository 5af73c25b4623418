import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import classes from './FormActions.module.css';

interface FormActionsProps {
  submit_label: string;
  is_sending: boolean;
  is_disabled?: boolean;
  /** Absent where nothing is left to give up. */
  onCancel?: () => void;
  /** Stands at the left. */
  children?: ReactNode;
}

/** The end of a form in a dialog; it stays in sight however long the form is. */
export function FormActions({ submit_label, is_sending, is_disabled, onCancel, children }: FormActionsProps) {
  const { t } = useText();
  return (
    <Group className={classes.actions} justify={children === undefined ? 'flex-end' : 'space-between'}>
      {children}
      <Group gap="xs">
        {onCancel && <Button variant="default" onClick={onCancel}>{t('ui.cancel')}</Button>}
        <Button type="submit" loading={is_sending} disabled={is_disabled === true}>{submit_label}</Button>
      </Group>
    </Group>
  );
}
