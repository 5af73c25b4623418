import { Link } from 'react-router';
import { homeOf, useModule, useOrganisation } from '@/api';
import { useModuleLabel } from '@/fields';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';
import { sales_modules } from '../sales_modules';
import classes from './Calendar.module.css';
import type { Entry } from './entries';

/** An entry in a line: its kind by a sign, when it begins, what it is about. */
export function EntryLink({ entry, is_block = false }: { entry: Entry; is_block?: boolean }) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const label = useModuleLabel()(useModule(entry.module), 'one');
  const Sign = sales_modules[entry.module].icon;
  const title = entry.record.title === '' ? t('crm.untitled') : entry.record.title;
  const time = entry.from === null ? null : timeWords(format.locale, entry.from);
  return (
    <Link
      className={is_block ? classes.block : classes.entry}
      to={`${homeOf(org)}/${entry.module}/${entry.record.id}`}
      data-module={entry.module}
      data-done={entry.is_done || undefined}
      title={title}
    >
      <Sign size={13} aria-hidden="true" className={classes.sign} />
      <span className="visually-hidden">{label}</span>{' '}
      {time !== null && <span className={classes.time}>{time}</span>}{' '}
      <span className={classes.entryTitle}>{title}</span>
      {entry.is_done && <span className="visually-hidden">{t('crm.choice.status.completed')}</span>}
    </Link>
  );
}

function timeWords(locale: string, minutes: number): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 1, 0, minutes)));
}
