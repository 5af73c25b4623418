import { Menu } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useText } from '@/i18n';

interface RowActProps {
  onClick: () => void;
}

/** The act that opens a row for changes, in its menu. */
export function EditRow({ onClick }: RowActProps) {
  const { t } = useText();
  return <Menu.Item leftSection={<IconPencil size={15} />} onClick={onClick}>{t('ui.edit')}</Menu.Item>;
}

/** The act that deletes a row. It stands last. */
export function DeleteRow({ onClick }: RowActProps) {
  const { t } = useText();
  return <Menu.Item leftSection={<IconTrash size={15} />} onClick={onClick}>{t('ui.delete')}</Menu.Item>;
}
