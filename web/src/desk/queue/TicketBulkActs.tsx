import { Button, Menu, Skeleton } from '@mantine/core';
import { IconArrowsJoin, IconBan, IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { findField, useLimit, useMay, useMeta, useModule } from '@/api';
import type { Macro, RecordData } from '@/api';
import { asLinked, asText, useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import { BulkFieldDialog, LeftOut, useBulkChange, useBulkDelete } from '@/records';
import type { Selection } from '@/records';
import { useToast } from '@/ui';
import { MergeSelected } from '../merge/MergeSelected';
import { SpamDialog } from '../spam/SpamDialog';
import { useSpam } from '../spam/useSpam';
import { useMacros, useRunMacro } from '../macros/useMacros';
import { useStatuses } from '../common/useStatuses';
import { useOwnerChoices } from '../common/useTicketChoices';
import { allowing, needsOfField } from './bulk_acts';
import type { Needs } from './bulk_acts';

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
  /** What none of the chosen allows is not offered; of the rest it is said beforehand which are left out. */
  const mayOne = (needs: Needs) => allowing(chosen, needs).length > 0;
  const leftOut = (needs: Needs) => chosen.filter((record) => !allowing(chosen, needs).includes(record));
  const some_of = (act: string) => {
    const count = allowing(chosen, [[act]]).length;
    return count < chosen.length ? ` (${t('records.some_of', { count, total: chosen.length })})` : '';
  };
  const may_bulk = useMay('bulk', 'tickets');
  const may_update = useMay('update', 'tickets') && may_bulk && mayOne([['update']]);
  const may_delete = useMay('delete', 'tickets') && may_bulk && mayOne([['delete']]);
  const statuses = useStatuses();
  const choiceLabel = useChoiceLabel();
  const changeMany = useBulkChange('tickets');
  const deleteMany = useBulkDelete('tickets');
  const macros = useMacros(chosen.map((record) => record.id).sort(), '');
  const runMacro = useRunMacro();
  const [is_asking_owners, setAskingOwners] = useState(false);
  const [merging, setMerging] = useState<RecordData[] | null>(null);
  // One stays, and the others become a part of it.
  const merged_max = useLimit('tickets_merged');
  const may_merge = chosen.length >= 2 && chosen.length - 1 <= merged_max && chosen.every((record) => record.may.includes('merge'));
  const { mark } = useSpam();
  const toast = useToast();
  const [is_spam_asked, setSpamAsked] = useState(false);
  const may_mark = (may_bulk || chosen.length === 1) && mayOne([['mark_spam']]);
  const is_spam = chosen.length > 0 && chosen.every((record) => asText(record.spam_at) !== null);
  const [is_choosing, setChoosing] = useState(false);
  const choices = useOwnerChoices(allowing(chosen, needsOfField('owner')).map((record) => record.id), is_asking_owners);
  const priority = findField(module, 'priority');
  const change = async (name: string, value: unknown) => {
    const field = findField(module, name);
    if (field !== undefined) selection.keepOnly(await changeMany(chosen, field, value));
  };
  const handleDelete = async () => {
    selection.keepOnly(await deleteMany(chosen));
  };
  const handleUnmark = async () => {
    try {
      selection.keepOnly(await mark({ ids: chosen.map((record) => record.id), is_spam: false }, chosen));
    } catch (error) {
      toast.refused(error);
    }
  };
  const handleMacro = async (macro: Macro) => {
    selection.keepOnly(await runMacro(macro, chosen));
  };
  const owners = choices.data?.owners ?? [];
  const ordered = [...owners.filter((agent) => agent.id === me.agent_id), ...owners.filter((agent) => agent.id !== me.agent_id)];
  const may_something = may_update || (may_bulk && macros.length > 0) || may_merge || may_mark || may_delete;
  return (
    <>
      {!may_something && <span>{t('desk.bulk.nothing')}</span>}
      {may_update && (
        <>
          {mayOne(needsOfField('status')) && (
            <BulkMenu label={t('desk.bulk.status')} left_out={leftOut(needsOfField('status'))}>
              {statuses.all.map((status) => (
                <Menu.Item key={status.name} onClick={() => void change('status', status.name)}>{status.label}</Menu.Item>
              ))}
            </BulkMenu>
          )}
          {mayOne(needsOfField('owner')) && (
            <BulkMenu label={t('desk.bulk.owner')} left_out={leftOut(needsOfField('owner'))} onOpened={setAskingOwners}>
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
            <BulkMenu label={t('desk.bulk.priority')} left_out={leftOut(needsOfField('priority'))}>
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
          {macros.map((macro) => (
            <Menu.Item key={macro.id} onClick={() => void handleMacro(macro)}>
              {macro.name}
            </Menu.Item>
          ))}
        </BulkMenu>
      )}
      {may_merge && (
        <Button variant="default" leftSection={<IconArrowsJoin size={14} />} onClick={() => setMerging(chosen)}>{t('merge.action')}</Button>
      )}
      {may_mark && (
        <Button variant="default" leftSection={<IconBan size={14} />} onClick={() => (is_spam ? void handleUnmark() : setSpamAsked(true))}>
          {t(is_spam ? 'spam.unmark' : 'spam.mark')}{some_of('mark_spam')}
        </Button>
      )}
      {may_delete && (
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => void handleDelete()}>{t('ui.delete')}{some_of('delete')}</Button>
      )}
      {merging !== null && (
        <MergeSelected
          tickets={merging}
          onMerged={() => selection.clear()}
          onClose={() => setMerging(null)}
        />
      )}
      {is_spam_asked && <SpamDialog tickets={chosen} onMarked={selection.keepOnly} onClose={() => setSpamAsked(false)} />}
      {is_choosing && (
        <BulkFieldDialog
          module={module}
          count={chosen.length}
          department={new Set(chosen.map((record) => asLinked(record.department)?.id)).size === 1 ? asLinked(chosen[0]?.department)?.id : null}
          leftOut={(field) => leftOut(needsOfField(field.name))}
          onClose={() => setChoosing(false)}
          onSubmit={(field, value) => change(field.name, value)}
        />
      )}
    </>
  );
}

interface BulkMenuProps {
  label: string;
  /** The chosen that allow none of it. */
  left_out?: RecordData[];
  children: ReactNode;
  onOpened?: (is_open: boolean) => void;
}

function BulkMenu({ label, left_out = [], children, onOpened }: BulkMenuProps) {
  return (
    <Menu position="top-start" onChange={onOpened}>
      <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={14} />}>{label}</Button></Menu.Target>
      <Menu.Dropdown mah={320} maw={360} style={{ overflow: 'auto' }}>
        {left_out.length > 0 && <Menu.Label><LeftOut records={left_out} /></Menu.Label>}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
