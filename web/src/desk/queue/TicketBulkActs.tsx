import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { findField, useMay, useMeta, useModule } from '@/api';
import { useChoiceLabel } from '@/fields';
import { useText } from '@/i18n';
import { useBulk, useBulkReport } from '@/records';
import type { Selection } from '@/records';
import { useToast } from '@/ui';
import { useBulkDelete } from '../common/useBulkDelete';
import { useStatuses } from '../common/useStatuses';

/** What can be done with the chosen tickets together. */
export function TicketBulkActs({ selection }: { selection: Selection }) {
  const { t } = useText();
  const module = useModule('tickets');
  const { agents, me } = useMeta();
  const may_update = useMay('update', 'tickets');
  const may_delete = useMay('delete', 'tickets');
  const statuses = useStatuses();
  const choiceLabel = useChoiceLabel();
  const bulk = useBulk('tickets');
  const report = useBulkReport();
  const toast = useToast();
  const deleteMany = useBulkDelete('tickets');
  const priority = findField(module, 'priority');
  const change = async (changes: Record<string, unknown>) => {
    try {
      report(await bulk.mutateAsync({ ids: [...selection.ids], changes }));
      selection.clear();
    } catch (error) {
      toast.refused(error);
    }
  };
  const handleDelete = async () => {
    await deleteMany([...selection.ids]);
    selection.clear();
  };
  const active = agents.filter((agent) => agent.status === 'active');
  const ordered = [...active.filter((agent) => agent.id === me.agent_id), ...active.filter((agent) => agent.id !== me.agent_id)];
  return (
    <>
      {may_update && (
        <>
          <BulkMenu label={t('desk.bulk.status')}>
            {statuses.all.map((status) => (
              <Menu.Item key={status.name} onClick={() => void change({ status: status.name })}>{status.label}</Menu.Item>
            ))}
          </BulkMenu>
          <BulkMenu label={t('desk.bulk.owner')}>
            {ordered.map((agent) => (
              <Menu.Item key={agent.id} onClick={() => void change({ owner: agent.id })}>
                {agent.id === me.agent_id ? t('ui.name_me', { name: agent.name }) : agent.name}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => void change({ owner: null })}>{t('desk.nobody')}</Menu.Item>
          </BulkMenu>
          {priority && (
            <BulkMenu label={t('desk.bulk.priority')}>
              {priority.choices?.map((choice) => (
                <Menu.Item key={choice.name} onClick={() => void change({ priority: choice.name })}>
                  {choiceLabel('tickets', priority, choice)}
                </Menu.Item>
              ))}
            </BulkMenu>
          )}
        </>
      )}
      {may_delete && (
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => void handleDelete()}>{t('ui.delete')}</Button>
      )}
    </>
  );
}

function BulkMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu position="top-start">
      <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={14} />}>{label}</Button></Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>{children}</Menu.Dropdown>
    </Menu>
  );
}
