import { Button, Menu, Skeleton } from '@mantine/core';
import { IconArrowsJoin, IconBan, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { findField, useMay, useMeta, useModule } from '@/api';
import type { Macro, RecordData } from '@/api';
import { asText, useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import { BulkFieldDialog, useBulkChange } from '@/records';
import type { Selection } from '@/records';
import { useToast } from '@/ui';
import { MergeSelected } from '../merge/MergeSelected';
import { SpamDialog } from '../spam/SpamDialog';
import { useSpam } from '../spam/useSpam';
import { useMacros, useRunMacro } from '../macros/useMacros';
import { useBulkDelete } from '../common/useBulkDelete';
import { useStatuses } from '../common/useStatuses';
import { useOwnerChoices } from '../common/useTicketChoices';

/** One stays, and so many become a part of it. */
const merged_max = 21;

interface TicketBulkActsProps {
  selection: Selection;
  records: RecordData[];
}

/** What can be done with the chosen tickets together. */
export function TicketBulkActs({ selection, records }: TicketBulkActsProps) {
  const { t } = useText();
  const module = useModule('tickets');
  const { me } = useMeta();
  const chosen = records.filter((record) => selection.ids.has(record.id));
  /** One of the chosen lets it be done; the others say themselves why not. */
  const mayOne = (...acts: string[]) => chosen.some((record) => acts.some((act) => record.may.includes(act)));
  const may_update = useMay('update', 'tickets') && mayOne('update');
  const may_delete = useMay('delete', 'tickets') && mayOne('delete');
  const statuses = useStatuses();
  const choiceLabel = useChoiceLabel();
  const changeMany = useBulkChange('tickets');
  const deleteMany = useBulkDelete('tickets');
  const macros = useMacros();
  const runMacro = useRunMacro();
  const may_bulk = useMay('bulk', 'tickets');
  const [is_asking_owners, setAskingOwners] = useState(false);
  const [merging, setMerging] = useState<RecordData[] | null>(null);
  const may_merge = chosen.length >= 2 && chosen.length <= merged_max && chosen.every((record) => record.may.includes('merge'));
  const { mark } = useSpam();
  const toast = useToast();
  const [is_spam_asked, setSpamAsked] = useState(false);
  const may_mark = mayOne('mark_spam');
  const is_spam = chosen.length > 0 && chosen.every((record) => asText(record.spam_at) !== null);
  const [is_choosing, setChoosing] = useState(false);
  const choices = useOwnerChoices([...selection.ids], is_asking_owners);
  const priority = findField(module, 'priority');
  const change = async (name: string, value: unknown) => {
    const field = findField(module, name);
    if (field === undefined) return;
    await changeMany(chosen, field, value);
    selection.clear();
  };
  const handleDelete = async () => {
    await deleteMany([...selection.ids]);
    selection.clear();
  };
  const handleUnmark = async () => {
    await mark({ ids: [...selection.ids], is_spam: false }).catch(toast.refused);
    selection.clear();
  };
  const handleMacro = async (macro: Macro) => {
    await runMacro(macro, [...selection.ids]);
    selection.clear();
  };
  const owners = choices.data?.owners ?? [];
  const ordered = [...owners.filter((agent) => agent.id === me.agent_id), ...owners.filter((agent) => agent.id !== me.agent_id)];
  return (
    <>
      {may_update && (
        <>
          {mayOne('change_status') && (
            <BulkMenu label={t('desk.bulk.status')}>
              {statuses.all.map((status) => (
                <Menu.Item key={status.name} onClick={() => void change('status', status.name)}>{status.label}</Menu.Item>
              ))}
            </BulkMenu>
          )}
          {mayOne('assign', 'take') && (
            <BulkMenu label={t('desk.bulk.owner')} onOpened={setAskingOwners}>
              {choices.isPending && <Skeleton height={28} m={6} />}
              {ordered.map((agent) => (
                <Menu.Item key={agent.id} onClick={() => void change('owner', agent.id)}>
                  {agent.id === me.agent_id ? t('ui.name_me', { name: agent.title }) : agent.title}
                </Menu.Item>
              ))}
              {choices.data?.may_be_unowned === true && (
                <>
                  {ordered.length > 0 && <Menu.Divider />}
                  <Menu.Item onClick={() => void change('owner', null)}>{t('desk.nobody')}</Menu.Item>
                </>
              )}
            </BulkMenu>
          )}
          {priority && (
            <BulkMenu label={t('desk.bulk.priority')}>
              {priority.choices?.map((choice) => (
                <Menu.Item key={choice.name} onClick={() => void change('priority', choice.name)}>
                  {choiceLabel('tickets', priority, choice)}
                </Menu.Item>
              ))}
            </BulkMenu>
          )}
          <Button variant="default" onClick={() => setChoosing(true)}>{t('records.change_field')}</Button>
        </>
      )}
      {may_bulk && macros.length > 0 && (
        <BulkMenu label={t('automation.macros')}>
          {macros.map((macro) => <Menu.Item key={macro.id} onClick={() => void handleMacro(macro)}>{macro.name}</Menu.Item>)}
        </BulkMenu>
      )}
      {may_merge && (
        <Button variant="default" leftSection={<IconArrowsJoin size={14} />} onClick={() => setMerging(chosen)}>{t('merge.action')}</Button>
      )}
      {may_mark && (
        <Button variant="default" leftSection={<IconBan size={14} />} onClick={() => (is_spam ? void handleUnmark() : setSpamAsked(true))}>
          {t(is_spam ? 'spam.unmark' : 'spam.mark')}
        </Button>
      )}
      {may_delete && (
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => void handleDelete()}>{t('ui.delete')}</Button>
      )}
      {merging !== null && (
        <MergeSelected
          tickets={merging}
          onMerged={() => selection.clear()}
          onClose={() => setMerging(null)}
        />
      )}
      {is_spam_asked && <SpamDialog tickets={chosen} onMarked={() => selection.clear()} onClose={() => setSpamAsked(false)} />}
      {is_choosing && (
        <BulkFieldDialog
          module={module}
          count={selection.ids.size}
          onClose={() => setChoosing(false)}
          onSubmit={(field, value) => change(field.name, value)}
        />
      )}
    </>
  );
}

function BulkMenu({ label, children, onOpened }: { label: string; children: ReactNode; onOpened?: (is_open: boolean) => void }) {
  return (
    <Menu position="top-start" onChange={onOpened}>
      <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={14} />}>{label}</Button></Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>{children}</Menu.Dropdown>
    </Menu>
  );
}
