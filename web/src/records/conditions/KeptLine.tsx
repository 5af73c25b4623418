import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useText } from '@/i18n';
import type { KeptPart } from './conditions';
import classes from './Conditions.module.css';

/** A condition that was made through the API and that the builder can't show: as it is written there. */
export function KeptLine({ part, onRemove }: { part: KeptPart; onRemove: () => void }) {
  const { t } = useText();
  return (
    <div className={classes.kept} role="group" aria-label={t('views.kept')}>
      <div className={classes.hint}>{t('views.kept_help')}<code className={classes.written}>{JSON.stringify(part.kept)}</code></div>
      <ActionIcon aria-label={t('views.remove_kept')} onClick={onRemove}><IconX size={15} /></ActionIcon>
    </div>
  );
}
