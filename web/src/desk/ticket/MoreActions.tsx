import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconArrowsJoin, IconBan, IconDots, IconLink, IconPhone, IconShare, IconTrash, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { useMeta } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText } from '@/fields';
import { useText } from '@/i18n';
import { useSaveRecord } from '@/records';
import { useCommands, useToast } from '@/ui';
import { useMacros, useRunMacro } from '../macros/useMacros';
import { SpamDialog } from '../spam/SpamDialog';
import { AfterCloseItems } from './AfterCloseItems';
import classes from './Ticket.module.css';

interface MoreActionsProps {
  ticket: RecordData;
  onDelete: () => void;
  onShare: () => void;
  onCall: () => void;
  onMerge: () => void;
}

/** What is done less often, apart from closing so that nobody deletes by a slip. */
export function MoreActions({ ticket, onDelete, onShare, onCall, onMerge }: MoreActionsProps) {
  const { t } = useText();
  const { departments } = useMeta();
  const save = useSaveRecord('tickets');
  const toast = useToast();
  const macros = useMacros([ticket.id], ticket.may.join(' '));
  const runMacro = useRunMacro();
  const [is_open, setOpen] = useState(false);
  const here = asLinked(ticket.department)?.id;
  const others = departments.filter((each) => each.is_enabled && each.id !== here);
  const may_move = ticket.may.includes('move') && others.length > 0;
  const may_share = ticket.may.includes('share');
  // Sharing is switched off, and what was shared can be taken back all the same.
  const may_only_unshare = !may_share && ticket.may.includes('unshare') && ticket.is_shared === true;
  const may_call = ticket.may.includes('log_call');
  const may_merge = ticket.may.includes('merge');
  const may_delete = ticket.may.includes('delete');
  const may_mark = ticket.may.includes('mark_spam') && asText(ticket.spam_at) === null;
  const [is_spam_asked, setSpamAsked] = useState(false);
  const may_escalate = ticket.may.includes('update') && ticket.read_only?.includes('is_escalated') !== true;
  const is_escalated = ticket.is_escalated === true;
  const escalate_words = is_escalated ? t('desk.end_escalation') : t('desk.escalate');
  const move = (id: string, name: string) =>
    save.mutate({ id: ticket.id, changes: { department: id } }, { onSuccess: () => toast.done(t('desk.moved', { department: name })), onError: toast.refused });
  const handleEscalate = () =>
    save.mutate(
      { id: ticket.id, changes: { is_escalated: !is_escalated } },
      { onSuccess: () => toast.done(is_escalated ? t('desk.escalation_ended') : t('desk.escalated')), onError: toast.refused },
    );
  const handleCopy = () => {
    void navigator.clipboard.writeText(window.location.href).then(() => toast.done(t('ui.copied')));
  };
  useCommands([
    { id: 'ticket.link', label: t('desk.copy_link'), group: t('desk.this_ticket'), icon: <IconLink size={16} />, run: handleCopy },
    ...(may_escalate ? [{ id: 'ticket.escalate', label: escalate_words, group: t('desk.this_ticket'), icon: <IconAlertTriangle size={16} />, run: handleEscalate }] : []),
    ...(may_call ? [{ id: 'ticket.call', label: t('desk.call.title'), group: t('desk.this_ticket'), icon: <IconPhone size={16} />, run: onCall }] : []),
    ...(may_share ? [{ id: 'ticket.share', label: t('desk.share.title'), group: t('desk.this_ticket'), keys: 's', icon: <IconShare size={16} />, run: onShare }] : []),
    ...(may_merge ? [{ id: 'ticket.merge', label: t('merge.action'), group: t('desk.this_ticket'), icon: <IconArrowsJoin size={16} />, run: onMerge }] : []),
    ...(may_move ? [{ id: 'ticket.move', label: t('desk.move'), group: t('desk.this_ticket'), keys: 'm', icon: <IconArrowRight size={16} />, run: () => setOpen(true) }] : []),
    ...macros.map((macro) => ({
      id: `ticket.macro.${macro.id}`, label: t('automation.run', { name: macro.name }), group: t('automation.macros'), icon: <IconWand size={16} />,
      run: () => void runMacro(macro, [ticket]),
    })),
    ...(may_mark ? [{ id: 'ticket.spam', label: t('spam.mark'), group: t('desk.this_ticket'), icon: <IconBan size={16} />, run: () => setSpamAsked(true) }] : []),
    ...(may_delete ? [{ id: 'ticket.delete', label: t('ui.delete'), group: t('desk.this_ticket'), icon: <IconTrash size={16} />, run: onDelete }] : []),
  ]);
  return (
    <>
      <Menu position="bottom-end" width={260} opened={is_open} onChange={setOpen}>
        <Menu.Target>
          <ActionIcon size={30} variant="default" aria-label={t('ui.more')}><IconDots size={16} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className={classes.more}>
          <div className={classes.moreActs}>
            <Menu.Item leftSection={<IconLink size={15} />} onClick={handleCopy}>{t('desk.copy_link')}</Menu.Item>
            {may_call && <Menu.Item leftSection={<IconPhone size={15} />} onClick={onCall}>{t('desk.call.title')}</Menu.Item>}
            {may_share && <Menu.Item leftSection={<IconShare size={15} />} onClick={onShare}>{t('desk.share.action')}</Menu.Item>}
            {may_only_unshare && <Menu.Item leftSection={<IconShare size={15} />} onClick={onShare}>{t('desk.share.details')}</Menu.Item>}
            {may_merge && <Menu.Item leftSection={<IconArrowsJoin size={15} />} onClick={onMerge}>{t('merge.action')}</Menu.Item>}
            {may_escalate && (
              <Menu.Item leftSection={<IconAlertTriangle size={15} />} onClick={handleEscalate}>{escalate_words}</Menu.Item>
            )}
            {may_move && (
              <>
                <Menu.Divider />
                <Menu.Label aria-hidden="true">{t('desk.move')}</Menu.Label>
                {others.map((each) => (
                  <Menu.Item key={each.id} leftSection={<IconArrowRight size={15} />} onClick={() => move(each.id, each.name)}>
                    <span className="visually-hidden">{t('desk.move')}</span> {each.name}
                  </Menu.Item>
                ))}
              </>
            )}
            {macros.length > 0 && (
              <>
                <Menu.Divider />
                <Menu.Label aria-hidden="true">{t('automation.macros')}</Menu.Label>
                {macros.map((macro) => (
                  <Menu.Item key={macro.id} leftSection={<IconWand size={15} />} onClick={() => void runMacro(macro, [ticket])}>
                    <span className="visually-hidden">{t('automation.macro')}</span> {macro.name}
                  </Menu.Item>
                ))}
              </>
            )}
            <AfterCloseItems />
          </div>
          {(may_mark || may_delete) && <Menu.Divider />}
          {may_mark && <Menu.Item leftSection={<IconBan size={15} />} onClick={() => setSpamAsked(true)}>{t('spam.mark')}</Menu.Item>}
          {may_delete && <Menu.Item leftSection={<IconTrash size={15} />} onClick={onDelete}>{t('ui.delete')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {is_spam_asked && <SpamDialog tickets={[ticket]} onClose={() => setSpamAsked(false)} />}
    </>
  );
}
