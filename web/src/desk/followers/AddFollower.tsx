import { Button, Menu, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { keys, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Avatar } from '@/ui';
import { findColleagues } from '../composer/mentions';
import classes from './Followers.module.css';

interface AddFollowerProps {
  ticket: string;
  known: string[];
  onAdd: (agent: string) => void;
}

const typing_ms = 150;

/** Offers colleagues who see the ticket and do not follow it yet. */
export function AddFollower({ ticket, known, onAdd }: AddFollowerProps) {
  const { t } = useText();
  const org = useOrganisation();
  const [is_open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), typing_ms);
  const found = useQuery({
    queryKey: [...keys.record(org, 'tickets', ticket), 'mentionable', asked],
    queryFn: () => findColleagues(org, ticket, asked),
    enabled: is_open,
    staleTime: 60_000,
  });
  const people = (found.data ?? []).filter((each) => !known.includes(each.id));
  return (
    <Menu position="bottom-start" width={240} opened={is_open} onChange={setOpen} onClose={() => setWords('')}>
      <Menu.Target>
        <Button className={classes.add} variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />}>{t('follow.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown mah="50vh" style={{ overflow: 'auto' }}>
        <TextInput
          aria-label={t('follow.find')} placeholder={t('follow.find')} value={words} data-autofocus m={4}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {found.isPending && <Skeleton height={28} m={6} />}
        {found.data !== undefined && people.length === 0 && <Menu.Label>{t('follow.nobody_left')}</Menu.Label>}
        {people.map((each) => (
          <Menu.Item key={each.id} leftSection={<Avatar name={each.name} size="small" />} onClick={() => onAdd(each.id)}>{each.name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
