import { Button, Menu, Skeleton, TextInput } from '@mantine/core';
import { IconChevronDown, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMeta } from '@/api';
import type { RecordData } from '@/api';
import { asLinked } from '@/fields';
import { useText } from '@/i18n';
import { useSaveRecord } from '@/records';
import { Avatar, useToast } from '@/ui';
import { useOwnerChoices } from '../common/useTicketChoices';
import classes from './Ticket.module.css';

const searchable_from = 8;

/** Who has the ticket; pressed, who else could. I stand first. */
export function OwnerMenu({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const { me } = useMeta();
  const [is_open, setOpen] = useState(false);
  const choices = useOwnerChoices([ticket.id], is_open);
  const save = useSaveRecord('tickets');
  const toast = useToast();
  const [words, setWords] = useState('');
  const owner = asLinked(ticket.owner);
  const name = owner?.title ?? t('desk.nobody');
  const face = owner === null ? <IconUserPlus size={15} aria-hidden="true" /> : <Avatar name={name} size="small" />;
  const is_writable = !(ticket.read_only ?? []).includes('owner');
  const may_assign = is_writable && ticket.may.includes('assign');
  if (!may_assign && !(is_writable && ticket.may.includes('take'))) return <span className={classes.owner}>{face}{name}</span>;
  const owners = choices.data?.owners ?? [];
  const ordered = [...owners.filter((agent) => agent.id === me.agent_id), ...owners.filter((agent) => agent.id !== me.agent_id)]
    .filter((agent) => agent.title.toLowerCase().includes(words.trim().toLowerCase()));
  const give = (id: string | null) => save.mutate({ id: ticket.id, changes: { owner: id } }, { onError: toast.refused });
  return (
    <Menu position="bottom-start" width={240} opened={is_open} onChange={setOpen} onClose={() => setWords('')}>
      <Menu.Target>
        <Button variant="default" size="compact-md" loading={save.isPending} leftSection={face} rightSection={<IconChevronDown size={13} />}>
          <span className="visually-hidden">{t('desk.owner')}</span>
          <span className={classes.ownerName}>{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {choices.isPending && <Skeleton height={28} m={6} />}
        {owners.length >= searchable_from && (
          <TextInput
            className={classes.menuSearch}
            aria-label={t('desk.owner_find')}
            placeholder={t('desk.owner_find')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            data-autofocus
          />
        )}
        {ordered.map((agent) => (
          <Menu.Item key={agent.id} leftSection={<Avatar name={agent.title} size="small" />} disabled={agent.id === owner?.id} onClick={() => give(agent.id)}>
            {agent.id === me.agent_id ? t('ui.name_me', { name: agent.title }) : agent.title}
          </Menu.Item>
        ))}
        {owner !== null && choices.data?.may_be_unowned === true && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => give(null)}>{t('desk.give_up_owner')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
