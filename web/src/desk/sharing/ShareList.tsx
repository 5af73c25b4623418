import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { RecordData, ShareAccess } from '@/api';
import { useText } from '@/i18n';
import { useConfirm, useToast } from '@/ui';
import { AccessSelect } from './AccessSelect';
import classes from './Sharing.module.css';
import { useShareActs } from './useShareActs';
import { useNamedShares } from './useSharing';
import type { NamedShare } from './useSharing';

interface ShareListProps {
  ticket: RecordData;
  may_share: boolean;
  may_unshare: boolean;
  onAsk: (is_asking: boolean) => void;
}

/** The departments that have the ticket. An access holds as soon as it is chosen; unsharing asks first. */
export function ShareList({ ticket, may_share, may_unshare, onAsk }: ShareListProps) {
  const { t } = useText();
  const confirm = useConfirm();
  const toast = useToast();
  const shares = useNamedShares(ticket);
  const { sharing, unsharing } = useShareActs(ticket.id);
  const heading = useRef<HTMLHeadingElement>(null);
  const handleAccess = (share: NamedShare, access: ShareAccess) =>
    sharing.mutate([{ department: share.id, access }], {
      onSuccess: () => toast.done(t('desk.share.changed', { department: share.name, access: t(`desk.share.access.${access}`) })),
      onError: toast.refused,
    });
  const handleUnshare = async (share: NamedShare) => {
    onAsk(true);
    const is_sure = await confirm({
      title: t('desk.share.unshare_title', { department: share.name }), body: t('desk.share.unshare_help', { department: share.name }),
      confirm: t('desk.share.unshare'),
    });
    // Not within the stroke that answered: it would close the panel, too.
    window.setTimeout(() => onAsk(false));
    if (!is_sure) return;
    unsharing.mutate(share.id, {
      onSuccess: () => {
        toast.done(t('desk.share.unshared', { department: share.name }));
        heading.current?.focus();
      },
      onError: toast.refused,
    });
  };
  const shown = (share: NamedShare) => sharing.variables?.find((each) => sharing.isPending && each.department === share.id)?.access ?? share.access;
  return (
    <section aria-labelledby="shared-with">
      <h3 id="shared-with" className={classes.heading} ref={heading} tabIndex={-1}>{t('desk.share.shared_with')}</h3>
      {shares.length === 0 && <p className={classes.help}>{t('desk.share.nobody')}</p>}
      {shares.length > 0 && <ul className={classes.list}>
        {shares.map((share) => (
          <li key={share.id} className={classes.row}>
            <div className={classes.line}>
              <span className={classes.name}>{share.name}</span>
              {may_share
                ? <AccessSelect name={share.name} access={shown(share)} is_busy={sharing.isPending} onChange={(access) => handleAccess(share, access)} />
                : <span className={classes.level}>{t(`desk.share.access.${share.access}`)}</span>}
              {may_unshare && (
                <Tooltip label={t('desk.share.unshare_one', { department: share.name })}>
                  <ActionIcon aria-label={t('desk.share.unshare_one', { department: share.name })} onClick={() => void handleUnshare(share)}>
                    <IconTrash size={16} />
                  </ActionIcon>
                </Tooltip>
              )}
            </div>
            <span className={classes.help}>{t(`desk.share.access_help.${shown(share)}`)}</span>
          </li>
        ))}
      </ul>}
    </section>
  );
}
