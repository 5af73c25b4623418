import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { useSaveRecord } from '@/records';
import { StatusBadge, useToast } from '@/ui';
import { useStatuses } from '../common/useStatuses';

interface StatusMenuProps {
  ticket: RecordData;
  onClosed: () => void;
}

/** The status; pressed, the others. */
export function StatusMenu({ ticket, onClosed }: StatusMenuProps) {
  const { t } = useText();
  const statuses = useStatuses();
  const save = useSaveRecord('tickets');
  const toast = useToast();
  const present = statuses.find(ticket.status);
  const may_change = ticket.may.includes('change_status') && !(ticket.read_only ?? []).includes('status');
  if (!may_change) return <StatusBadge label={present.label} type={present.type} />;
  const offered = statuses.all.filter(
    (status) => status.type !== 'closed' || status.name === present.name || ticket.may.includes('close'),
  );
  const handleChoose = (name: string) => {
    if (name === present.name) return;
    const is_closing = statuses.find(name).type === 'closed' && present.type !== 'closed';
    save.mutate({ id: ticket.id, changes: { status: name } }, { onSuccess: () => is_closing && onClosed(), onError: toast.refused });
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="compact-md" loading={save.isPending} rightSection={<IconChevronDown size={13} />}>
          <span className="visually-hidden">{t('desk.status')}</span>
          <StatusBadge label={present.label} type={present.type} look="plain" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={present.name} onChange={handleChoose}>
          {offered.map((status) => (
            <Menu.RadioItem key={status.name} value={status.name}>
              <StatusBadge label={status.label} type={status.type} look="plain" />
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
