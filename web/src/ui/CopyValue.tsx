import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useText } from '@/i18n';
import classes from './CopyValue.module.css';

/** A value to be carried elsewhere, with a button that copies it. */
export function CopyValue({ value, label }: { value: string; label: string }) {
  const { t } = useText();
  return (
    <span className={classes.copy}>
      <code className={classes.value}>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('ui.copied') : t('ui.copy')}>
            <ActionIcon size="sm" aria-label={`${t('ui.copy')}: ${label}`} onClick={copy}>
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
