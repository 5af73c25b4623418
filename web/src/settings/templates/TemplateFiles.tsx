import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { upload, useOrganisation } from '@/api';
import type { ReplyTemplate } from '@/api';
import { useText } from '@/i18n';
import { useFormat, useToast } from '@/ui';
import classes from './Templates.module.css';

type Files = ReplyTemplate['files'];

interface TemplateFilesProps {
  files: Files;
  fault: string | undefined;
  onChange: (change: (before: Files) => Files) => void;
}

/** The files that go with a template. */
export function TemplateFiles({ files, fault, onChange }: TemplateFilesProps) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const toast = useToast();
  const [sending, setSending] = useState(0);
  const handleFiles = async (chosen: File[]) => {
    setSending(chosen.length);
    for (const file of chosen) {
      await upload(org, file).then((sent) => onChange((before) => [...before, sent]), toast.refused);
      setSending((before) => before - 1);
    }
  };
  return (
    <div className={classes.files}>
      {files.map((file) => (
        <span key={file.id} className={classes.file}>
          {file.name} <span className={classes.help}>{format.bytes(file.size_bytes)}</span>
          <ActionIcon size="sm" variant="subtle" aria-label={t('reply_template.drop_file', { name: file.name })} onClick={() => onChange((before) => before.filter((each) => each.id !== file.id))}>
            <IconX size={14} />
          </ActionIcon>
        </span>
      ))}
      <FileButton multiple onChange={(chosen) => void handleFiles(chosen)}>
        {(button) => <Button {...button} size="compact-sm" variant="default" loading={sending > 0} leftSection={<IconPaperclip size={15} />}>{t('reply_template.add_file')}</Button>}
      </FileButton>
      {fault !== undefined && <p className={classes.fault} role="alert">{fault}</p>}
    </div>
  );
}
