import { UnstyledButton } from '@mantine/core';
import { IconShare } from '@tabler/icons-react';
import { Trans, useText } from '@/i18n';
import { useFormat } from '@/ui';
import classes from './Sharing.module.css';
import type { Sharing } from './useSharing';

/** Below the title: with whom the ticket is shared, or who shares it and how far. Its link opens the details. */
export function SharedLine({ sharing, onOpen }: { sharing: Sharing; onOpen: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const { standing, owner, shares } = sharing;
  const open = <UnstyledButton className={classes.link} aria-haspopup="dialog" onClick={onOpen} />;
  const departments = format.list(shares.map((share) => share.name));
  return (
    <div className={classes.shared}>
      <IconShare size={14} aria-hidden="true" />
      <span className={classes.sharedWords} title={standing.side === 'parent' ? departments : undefined}>
        {standing.side === 'parent'
          ? <Trans i18nKey="desk.share.line_with" values={{ departments }} components={{ open }} />
          : <Trans i18nKey="desk.share.line_by" values={{ department: owner, access: t(`desk.share.access.${standing.access}`) }} components={{ open }} />}
      </span>
    </div>
  );
}
