import { ActionIcon, FileButton, Tooltip } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { file_bytes_said } from './useUploads';

/** Opens the file chooser of the system. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useText();
  const format = useFormat();
  return (
    <FileButton multiple onChange={onFiles}>
      {(button) => (
        <Tooltip label={t('desk.attach_limit', { limit: format.bytes(file_bytes_said) })}>
          <ActionIcon {...button} size="lg" aria-label={t('desk.attach')}><IconPaperclip size={17} /></ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  );
}
