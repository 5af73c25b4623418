import { Popover, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useOrganisation } from '@/api';
import type { Address, ThreadItem } from '@/api';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { addressName } from './addresses';
import classes from './Timeline.module.css';

interface MailDetailsProps {
  ticket: string;
  item: ThreadItem;
  sender: Address;
}

/** "to Ana, Ben": pressed, everything that stands on the envelope. */
export function MailDetails({ ticket, item, sender }: MailDetailsProps) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const all = [...item.to, ...item.cc];
  if (all.length === 0 && sender.address === '') return <span className={classes.to} />;
  const lines: [string, Address[]][] = [
    [t('desk.mail.from'), sender.address === '' ? [] : [sender]], [t('desk.mail.to'), item.to], [t('desk.mail.cc'), item.cc], [t('desk.mail.bcc'), item.bcc],
  ];
  return (
    <Popover position="bottom-start" width="auto">
      <Popover.Target>
        <UnstyledButton className={classes.to} title={t('desk.mail.details')}>
          <span className={classes.clip}>
            {all.length === 0 ? sender.address : t('desk.mail.to_line', { names: format.list(all.map(addressName)) })}
          </span>
          <IconChevronDown size={12} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('desk.mail.details')}>
        <dl className={classes.envelope}>
          {lines.filter(([, people]) => people.length > 0).map(([label, people]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{people.map(({ name, address }) => <span key={address}>{name !== '' && `${name} `}&lt;{address}&gt;</span>)}</dd>
            </div>
          ))}
          {item.subject !== '' && <div><dt>{t('desk.mail.subject')}</dt><dd>{item.subject}</dd></div>}
          <div><dt>{t('desk.mail.date')}</dt><dd>{format.instant(item.sent_at ?? item.at)}</dd></div>
          {item.channel === 'email' && (
            <div><dt /><dd><a href={`/native/desk/${org}/tickets/${ticket}/threads/${item.id}/raw`} download>{t('desk.mail.raw')}</a></dd></div>
          )}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
