import { ActionIcon, Button } from '@mantine/core';
import { IconBell, IconBellOff, IconX } from '@tabler/icons-react';
import { useMeta } from '@/api';
import type { RecordData } from '@/api';
import { useText } from '@/i18n';
import { Avatar, useCommands } from '@/ui';
import { AddFollower } from './AddFollower';
import classes from './Followers.module.css';
import { useFollowers } from './useFollowers';

/** Who follows a ticket. Anybody follows by themselves; who may change the ticket adds colleagues. */
export function FollowersCard({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const { me } = useMeta();
  const { known, is_changing, follow, unfollow, add, takeOut } = useFollowers(ticket.id);
  const is_following = known?.is_following === true;
  const may_follow = ticket.may.includes('follow') || is_following;
  const may_set = ticket.may.includes('set_followers');
  const words = t(is_following ? 'follow.unfollow' : 'follow.follow');
  const icon = is_following ? <IconBellOff size={15} /> : <IconBell size={15} />;
  const handleToggle = is_following ? unfollow : follow;
  useCommands(
    known !== undefined && may_follow
      ? [{ id: 'ticket.follow', label: t(is_following ? 'follow.unfollow_ticket' : 'follow.follow_ticket'), group: t('desk.this_ticket'), icon, run: handleToggle }]
      : [],
  );
  if (known === undefined) return null;
  return (
    <section className={classes.card} aria-label={t('follow.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('follow.title')}</h2>
        {may_follow && (
          <Button variant="default" size="compact-sm" leftSection={icon} loading={is_changing} aria-pressed={is_following} onClick={handleToggle}>{words}</Button>
        )}
      </div>
      {known.followers.length === 0 && <span className={classes.none}>{t('follow.nobody')}</span>}
      {known.followers.length > 0 && (
        <ul className={classes.people}>
          {known.followers.map((each) => (
            <li key={each.id} className={classes.person}>
              <Avatar name={each.name} size="small" />
              <span className={classes.name}>{each.id === me.agent_id ? t('ui.name_me', { name: each.name }) : each.name}</span>
              {may_set && each.id !== me.agent_id && (
                <ActionIcon size="sm" variant="subtle" aria-label={t('follow.take_out', { name: each.name })} onClick={() => takeOut(each.id)}><IconX size={13} /></ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {may_set && <AddFollower ticket={ticket.id} known={known.followers.map((each) => each.id)} onAdd={add} />}
    </section>
  );
}
