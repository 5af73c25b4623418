import { ActionIcon, Modal } from '@mantine/core';
import { IconDownload, IconFile, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useOrganisation } from '@/api';
import type { Attachment } from '@/api';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { attachmentAddress, isPicture } from '../common/useUploads';
import classes from './Timeline.module.css';

interface AttachmentsProps {
  files: Attachment[];
  onDelete?: (file: Attachment) => void;
}

/** The files of a message or a ticket: pictures are shown, everything can be downloaded, and deleted by who may. */
export function Attachments({ files, onDelete }: AttachmentsProps) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const [seen, setSeen] = useState<Attachment | null>(null);
  const shown = files.filter((file) => !file.is_inline);
  if (shown.length === 0) return null;
  return (
    <>
      <ul className={classes.files} aria-label={t('desk.attachments')}>
        {shown.map((file) => (
          <li key={file.id} className={classes.file}>
            {isPicture(file.content_type) ? (
              <button type="button" className={classes.preview} aria-label={t('desk.file_show', { name: file.name })} onClick={() => setSeen(file)}>
                <img src={attachmentAddress(org, file.id, 'inline')} alt="" loading="lazy" />
              </button>
            ) : (
              <span className={classes.fileSign} aria-hidden="true"><IconFile size={18} /></span>
            )}
            <span className={classes.fileWords}>
              <span className={classes.fileName} title={file.name}>{file.name}</span>
              <span className={classes.faint}>{format.bytes(file.size_bytes)}</span>
            </span>
            <a className={classes.download} href={attachmentAddress(org, file.id)} download={file.name} aria-label={t('desk.file_download', { name: file.name })}>
              <IconDownload size={15} aria-hidden="true" />
            </a>
            {onDelete && file.may?.includes('delete') && (
              <ActionIcon size="sm" aria-label={t('desk.file_delete', { name: file.name })} onClick={() => onDelete(file)}><IconTrash size={15} aria-hidden="true" /></ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Modal opened={seen !== null} onClose={() => setSeen(null)} title={seen?.name} size="auto" closeButtonProps={{ 'aria-label': t('ui.close') }}>
        {seen && <img className={classes.picture} src={attachmentAddress(org, seen.id, 'inline')} alt={seen.name} />}
      </Modal>
    </>
  );
}
