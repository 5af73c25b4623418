import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconLink, IconPencil, IconTrash } from '@tabler/icons-react';
import type { CustomView } from '@/api';
import { useText } from '@/i18n';
import { RowMenu } from '@/ui';
import type { ViewActs } from './useViewActs';

interface ViewMenuProps {
  view: CustomView;
  acts: ViewActs;
  is_first: boolean;
  is_last: boolean;
}

/** What can be done with one custom view. */
export function ViewMenu({ view, acts, is_first, is_last }: ViewMenuProps) {
  const { t } = useText();
  const may = (act: string) => view.may.includes(act);
  return (
    <RowMenu label={t('views.actions', { name: view.name })}>
      {may('update') && <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => acts.edit(view)}>{t('ui.edit')}</Menu.Item>}
      {may('clone') && view.filter !== null && (
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => acts.copy(view)}>{t('views.copy')}</Menu.Item>
      )}
      <Menu.Item leftSection={<IconLink size={15} />} onClick={() => acts.copyLink(view)}>{t('desk.copy_link')}</Menu.Item>
      {!is_first && <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => void acts.move(view, -1)}>{t('views.move_up')}</Menu.Item>}
      {!is_last && <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => void acts.move(view, 1)}>{t('views.move_down')}</Menu.Item>}
      {may('delete') && (
        <>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => void acts.remove(view)}>{t('ui.delete')}</Menu.Item>
        </>
      )}
    </RowMenu>
  );
}
