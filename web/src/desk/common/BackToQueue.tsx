import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useMay, useOrganisation } from '@/api';
import { useText } from '@/i18n';

/** The way on from what can't be shown: to the queue, or to the first of what the role may read. */
export function BackToQueue({ queue_address }: { queue_address?: string }) {
  const { t } = useText();
  const org = useOrganisation();
  const may_read = useMay('read', 'tickets');
  return (
    <Button component={Link} to={may_read ? (queue_address ?? `/desk/${org}/tickets`) : `/desk/${org}`} variant="default">
      {t(may_read ? 'desk.back_to_queue' : 'app.go_home')}
    </Button>
  );
}
