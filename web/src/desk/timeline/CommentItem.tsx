import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots, IconLock, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import type { CommentItem as Comment } from '@/api';
import { useText } from '@/i18n';
import { Avatar, RelativeTime, useConfirm } from '@/ui';
import { SafeHtml } from '@/ui/editor/SafeHtml';
import { TextWithFiles } from '../common/TextWithFiles';
import { Attachments } from './Attachments';
import classes from './Timeline.module.css';
import { useCommentWrites } from './useCommentWrites';

/** A comment: for colleagues alone, or public. Its colour and its words say which. */
export function CommentItem({ ticket, item }: { ticket: string; item: Comment }) {
  const { t } = useText();
  const confirm = useConfirm();
  const { edit, remove } = useCommentWrites(ticket);
  const [draft, setDraft] = useState<string | null>(null);
  const handleDelete = async () => {
    if (await confirm({ title: t('desk.comment.delete'), body: t('desk.comment.delete_help'), confirm: t('ui.delete') })) remove.mutate(item.id);
  };
  const handleSave = () => {
    if (draft !== null) edit.mutate({ id: item.id, html: draft }, { onSuccess: () => setDraft(null) });
  };
  return (
    <article className={classes.comment} data-public={item.is_public || undefined}>
      <header className={classes.head}>
        <Avatar name={item.author.name} />
        <span className={classes.name}>{item.author.name}</span>
        <span className={classes.audience}>
          {item.is_public ? <IconWorld size={13} aria-hidden="true" /> : <IconLock size={13} aria-hidden="true" />}
          {t(item.is_public ? 'desk.comment.public' : 'desk.comment.private')}
        </span>
        <span className={classes.facts}>
          {item.edited_at !== null && <span className={classes.faint}>{t('desk.comment.edited')}</span>}
          <RelativeTime at={item.at} className={classes.faint} />
          {item.may.length > 0 && (
            <Menu position="bottom-end">
              <Menu.Target><ActionIcon size="sm" aria-label={t('desk.comment.more')}><IconDots size={15} /></ActionIcon></Menu.Target>
              <Menu.Dropdown>
                {item.may.includes('update') && <Menu.Item onClick={() => setDraft(item.html)}>{t('ui.edit')}</Menu.Item>}
                {item.may.includes('delete') && <Menu.Item onClick={() => void handleDelete()}>{t('ui.delete')}</Menu.Item>}
              </Menu.Dropdown>
            </Menu>
          )}
        </span>
      </header>
      {draft === null ? <div className={classes.body}><SafeHtml html={item.html} /></div> : (
        <div className={classes.body}>
          <TextWithFiles label={t('desk.comment.text')} html={draft} onChange={setDraft} onSubmit={handleSave} autofocus />
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={() => setDraft(null)}>{t('ui.cancel')}</Button>
            <Button onClick={handleSave} loading={edit.isPending} disabled={draft === ''}>{t('ui.save')}</Button>
          </Group>
        </div>
      )}
      <Attachments files={item.attachments} />
    </article>
  );
}
