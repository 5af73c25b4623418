import { ActionIcon, Button, MultiSelect, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useMeta } from '@/api';
import type { RecordData, ShareAccess } from '@/api';
import { useText } from '@/i18n';
import { useFormat, useRefusalText, useToast } from '@/ui';
import { AccessSelect } from './AccessSelect';
import classes from './Sharing.module.css';
import { chosenShares, departmentsLeft } from './shares';
import type { Share } from './shares';
import { useShareActs } from './useShareActs';
import { useDepartmentName } from './useSharing';

/** Departments to be added, several in one go, each with what it may do. */
export function AddShares({ ticket }: { ticket: RecordData }) {
  const { t } = useText();
  const format = useFormat();
  const toast = useToast();
  const refusalText = useRefusalText();
  const name = useDepartmentName();
  const { departments } = useMeta();
  const { sharing } = useShareActs(ticket.id);
  const [typed, setTyped] = useState<Share[]>([]);
  const [is_empty, setEmpty] = useState(false);
  const left = departmentsLeft(departments, ticket);
  // Somebody else may have added one meanwhile.
  const chosen = typed.filter((share) => left.some((each) => each.id === share.department));
  if (left.length === 0) return <p className={classes.help}>{t(departments.length < 2 ? 'desk.share.no_other' : 'desk.share.none_left')}</p>;
  const handleChoose = (ids: string[]) => {
    sharing.reset();
    setEmpty(false);
    setTyped(chosenShares(chosen, ids));
  };
  const handleAccess = (department: string, access: ShareAccess) =>
    setTyped(chosen.map((share) => (share.department === department ? { department, access } : share)));
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (chosen.length === 0) return setEmpty(true);
    sharing.mutate(chosen, {
      onSuccess: () => {
        setTyped([]);
        toast.done(t('desk.share.done', { departments: format.list(chosen.map((share) => name(share.department))) }));
      },
    });
    return undefined;
  };
  const fault = is_empty ? t('desk.share.choose_one') : sharing.error === null ? undefined : refusalText(sharing.error);
  return (
    <form className={classes.add} onSubmit={handleSubmit} noValidate>
      <MultiSelect
        label={t('desk.share.departments')}
        placeholder={chosen.length === 0 ? t('desk.share.departments_hint') : undefined}
        data={left.map((each) => ({ value: each.id, label: each.name }))}
        value={chosen.map((share) => share.department)}
        onChange={handleChoose}
        error={fault}
        searchable
        openOnFocus={false}
        nothingFoundMessage={t('ui.nothing_found')}
        data-autofocus
      />
      {chosen.length > 0 && (
        <ul className={classes.list} aria-label={t('desk.share.new_ones')}>
          {chosen.map(({ department, access }) => (
            <li key={department} className={classes.row}>
              <div className={classes.line}>
                <span className={classes.name}>{name(department)}</span>
                <AccessSelect name={name(department)} access={access} onChange={(next) => handleAccess(department, next)} />
                <Tooltip label={t('desk.share.drop', { department: name(department) })}>
                  <ActionIcon aria-label={t('desk.share.drop', { department: name(department) })} onClick={() => handleChoose(chosen.map((share) => share.department).filter((id) => id !== department))}>
                    <IconX size={16} />
                  </ActionIcon>
                </Tooltip>
              </div>
              <span className={classes.help}>{t(`desk.share.access_help.${access}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <Button type="submit" loading={sharing.isPending} className={classes.submit}>{t('desk.share.submit')}</Button>
    </form>
  );
}
