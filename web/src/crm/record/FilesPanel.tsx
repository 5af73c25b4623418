import { Button, FileButton, Menu, Skeleton } from '@mantine/core';
import { IconFile, IconLink, IconPaperclip } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { condition, homeOf, postForm, remove, useLimit, useMay, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asNumber, asText } from '@/fields';
import { useText } from '@/i18n';
import { useRecords } from '@/records';
import { EmptyState, ErrorState, RelativeTime, RowMenu, saidBytes, useConfirm, useFormat, useToast } from '@/ui';
import classes from './Record.module.css';

interface FilesPanelProps {
  /** The field of a file that names the record. */
  field: string;
  record: RecordData;
}

/** The files and addresses that are kept with a record. */
export function FilesPanel({ field, record }: FilesPanelProps) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const toast = useToast();
  const confirm = useConfirm();
  const file_bytes_max = useLimit('attachment_bytes');
  const may_add = useMay('create', 'attachments');
  const may_delete = useMay('delete', 'attachments');
  const path = `${homeOf(org)}/${record.module}/${record.id}/attachments`;
  const query = useMemo(() => ({ filter: condition(field, 'is', record.id), sort: '-created_at' }), [field, record.id]);
  const list = useRecords('attachments', query);
  const adding = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return postForm<RecordData>(path, form);
    },
    onSettled: list.reload,
    onError: toast.refused,
  });
  const handleFiles = async (files: File[]) => {
    for (const file of files) {
      if (file.size > file_bytes_max) toast.failed(t('desk.file_too_large', { name: file.name, limit: format.bytes(saidBytes(file_bytes_max)) }));
      else await adding.mutateAsync(file).catch(() => undefined);
    }
  };
  const handleDelete = async (file: RecordData) => {
    const is_sure = await confirm({ title: t('desk.file_delete', { name: file.title }), body: t('crm.files.delete_help'), confirm: t('ui.delete') });
    if (is_sure) await remove(`${path}/${file.id}`).then(list.reload).catch(toast.refused);
  };
  const button = may_add && (
    <FileButton multiple onChange={(files) => void handleFiles(files)}>
      {(props) => <Button {...props} variant="default" leftSection={<IconPaperclip size={15} />} loading={adding.isPending}>{t('crm.files.add')}</Button>}
    </FileButton>
  );
  return (
    <div className={classes.padded}>
      {list.is_loading && <Skeleton height={80} />}
      {list.error && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.is_loading && !list.error && list.records.length === 0 && <EmptyState icon={<IconPaperclip size={22} />} title={t('crm.files.none')} action={button} />}
      {list.records.length > 0 && (
        <>
          {button}
          <ul className={classes.lines} data-below="">
            {list.records.map((file) => <FileLine key={file.id} file={file} path={path} may_delete={may_delete} onDelete={() => void handleDelete(file)} />)}
          </ul>
        </>
      )}
      {list.has_more && <Button mt="xs" size="compact-sm" variant="subtle" loading={list.is_fetching_more} onClick={list.fetchMore}>{t('ui.load_more')}</Button>}
    </div>
  );
}

interface FileLineProps {
  file: RecordData;
  path: string;
  may_delete: boolean;
  onDelete: () => void;
}

function FileLine({ file, path, may_delete, onDelete }: FileLineProps) {
  const { t } = useText();
  const format = useFormat();
  const url = asText(file.url);
  const size = asNumber(file.size);
  const created_at = asText(file.created_at);
  const owner = asLinked(file.owner);
  return (
    <li className={classes.line}>
      {url === null ? <IconFile size={17} aria-hidden="true" /> : <IconLink size={17} aria-hidden="true" />}
      <span className={classes.lineWords}>
        <a href={url ?? `/native${path}/${file.id}`} {...(url === null ? { download: file.title } : { target: '_blank', rel: 'noreferrer' })}>{file.title}</a>
        <span className={classes.dim}>
          {url === null && size !== null && <>{format.bytes(size)} · </>}
          {owner !== null && <>{owner.title} · </>}
          {created_at !== null && <RelativeTime at={created_at} />}
        </span>
      </span>
      {may_delete && <RowMenu label={t('crm.files.acts', { name: file.title })}><Menu.Item onClick={onDelete}>{t('ui.delete')}</Menu.Item></RowMenu>}
    </li>
  );
}
