import { ActionIcon, FileButton, Tooltip } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useLimit } from '@/api';
import { useText } from '@/i18n';
import { saidBytes, useFormat } from '@/ui';

/** Opens the file chooser of the system. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useText();
  const format = useFormat();
  const limit = format.bytes(saidBytes(useLimit('upload_bytes')));
  return (
    <FileButton multiple onChange={onFiles}>
      {(button) => (
        <Tooltip label={t('desk.attach_limit', { limit })}>
          <ActionIcon {...button} size="lg" aria-label={t('desk.attach')}><IconPaperclip size={17} /></ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  );
}
