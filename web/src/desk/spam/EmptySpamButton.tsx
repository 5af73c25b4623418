import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { keys, post, useMeta, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { useConfirm, useToast } from '@/ui';

/** All spam into the recycle bin, of one department or of all; for administrators. */
export function EmptySpamButton({ department }: { department: string | null }) {
  const { t } = useText();
  const org = useOrganisation();
  const { me } = useMeta();
  const cache = useQueryClient();
  const toast = useToast();
  const confirm = useConfirm();
  if (me.role.kind !== 'administrator') return null;
  const handleEmpty = async () => {
    if (!(await confirm({ title: t('spam.empty_title'), body: t('spam.empty_help'), confirm: t('spam.empty') }))) return;
    try {
      await post(`/desk/${org}/tickets/spam/empty`, department === null ? {} : { department });
      toast.done(t('spam.emptying'));
      void cache.invalidateQueries({ queryKey: keys.allViews(org) });
    } catch (error) {
      toast.refused(error);
    }
  };
  return <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => void handleEmpty()}>{t('spam.empty')}</Button>;
}
