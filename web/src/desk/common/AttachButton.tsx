import { ActionIcon, FileButton, Tooltip } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useText } from '@/i18n';

/** Opens the file chooser of the system. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useText();
  return (
    <FileButton multiple onChange={onFiles}>
      {(button) => (
        <Tooltip label={t('desk.attach')}>
          <ActionIcon {...button} size="lg" aria-label={t('desk.attach')}><IconPaperclip size={17} /></ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  );
}
