import { ActionIcon, Loader } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './FileTray.module.css';
import type { Uploads } from './useUploads';

/** The files that go with a text: sent ones can be taken away again. Pictures in the text stand in the text. */
export function FileTray({ uploads }: { uploads: Uploads }) {
  const { t } = useText();
  const format = useFormat();
  const shown = uploads.files.filter((file) => !file.is_inline);
  if (shown.length === 0 && uploads.sending.length === 0) return null;
  return (
    <ul className={classes.tray} aria-label={t('desk.attachments')}>
      {shown.map((file) => (
        <li key={file.id} className={classes.file}>
          <IconPaperclip size={13} aria-hidden="true" />
          <span className={classes.name} title={file.name}>{file.name}</span>
          <span className={classes.size}>{format.bytes(file.size_bytes)}</span>
          <ActionIcon size="xs" aria-label={t('desk.drop_file', { name: file.name })} onClick={() => uploads.drop(file.id)}>
            <IconX size={12} />
          </ActionIcon>
        </li>
      ))}
      {uploads.sending.map((file) => (
        <li key={file.key} className={classes.file}>
          <Loader size={12} aria-label={t('desk.uploading')} />
          <span className={classes.name}>{file.name}</span>
        </li>
      ))}
    </ul>
  );
}
