import { IconEye, IconPencil } from '@tabler/icons-react';
import type { PresenceOther } from '@/api';
import { useText } from '@/i18n';
import { Avatar, useFormat } from '@/ui';
import classes from './Ticket.module.css';

/** Who else is on the ticket. Somebody who answers is said louder than somebody who looks. */
export function PresenceBanner({ others }: { others: PresenceOther[] }) {
  const { t } = useText();
  const format = useFormat();
  const replying = others.filter((other) => other.state === 'replying');
  const shown = replying.length > 0 ? replying : others;
  return (
    <div role="status">
      {shown.length > 0 && (
        <div className={classes.presence} data-state={replying.length > 0 ? 'replying' : 'viewing'}>
          {replying.length > 0 ? <IconPencil size={15} aria-hidden="true" /> : <IconEye size={15} aria-hidden="true" />}
          {shown.map((other) => <Avatar key={other.agent_id} name={other.name} size="small" />)}
          <span>
            {t(replying.length > 0 ? 'desk.presence.replying' : 'desk.presence.viewing', {
              names: format.list(shown.map((other) => other.name)), count: shown.length,
            })}
          </span>
        </div>
      )}
    </div>
  );
}
