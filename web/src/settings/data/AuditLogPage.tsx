import { IconHistory } from '@tabler/icons-react';
import type { AuditEntry } from '@/api';
import { useRoleLabel } from '@/fields';
import { useOptionalText, useText } from '@/i18n';
import { Avatar, EmptyState, SimpleTable, useFormat } from '@/ui';
import type { SimpleColumn } from '@/ui';
import { MoreButton } from '../MoreButton';
import classes from '../Settings.module.css';
import { SettingsPage } from '../SettingsPage';
import { usePages } from '../usePages';
import { detailWords } from './detail_words';

/** ", Agent" of who was invited, ": Agent → Administrator" of who got another role. */
const roles_at_end = /([,:] )([^,:→]+?)(?: → ([^,:→]+))?$/;
const notification_rule = /^(.*): (\w+) by (mail|sms)$/;

/** Who did what to the organisation's settings and access, the newest first. */
export function AuditLogPage() {
  const { t } = useText();
  const text = useOptionalText();
  const format = useFormat();
  const roleLabel = useRoleLabel();
  const log = usePages<'entries', AuditEntry>('audit_log', 'entries');
  // A rule of notification is kept as "Receivables: mention by mail", in the program's own names.
  const detailOf = ({ what, detail }: AuditEntry) => {
    const [, department, event, channel] = notification_rule.exec(typeof detail === 'string' ? detail : '') ?? [];
    if (what === 'member_invited' || what === 'member_added' || what === 'member_role_changed')
      return detailWords(what, detail).replace(roles_at_end, (_, mark: string, from: string, to?: string) =>
        `${mark}${roleLabel(from)}${to === undefined ? '' : ` → ${roleLabel(to)}`}`);
    if (!what.startsWith('notification_rule_') || department === undefined || event === undefined) return detailWords(what, detail);
    const words = text(`settings.notification_rules.events.${event}`, event);
    return `${department} · ${words} · ${t(`settings.notification_rules.${channel === 'sms' ? 'sms' : 'mail'}`)}`;
  };
  const actorName = ({ actor }: AuditEntry) => (typeof actor === 'string' ? actor : actor?.name) || t('settings.audit_log.system');
  const columns: SimpleColumn<AuditEntry>[] = [
    {
      name: 'actor', label: t('settings.audit_log.actor'), width: 220,
      show: (entry) => <span className={classes.name}><Avatar name={actorName(entry)} size="small" />{actorName(entry)}</span>,
    },
    {
      name: 'what', label: t('settings.audit_log.what'),
      show: (entry) => (
        <span className={classes.nameWords}>
          <span>{text(`audit.${entry.what.replaceAll('.', '_')}`, entry.what)}</span>
          <span className={classes.nameMore}>{detailOf(entry)}</span>
        </span>
      ),
    },
    { name: 'address', label: t('settings.audit_log.address'), width: 140, show: (entry) => <span className={classes.dim}>{entry.address}</span> },
    { name: 'at', label: t('settings.audit_log.at'), width: 190, show: (entry) => <time className={classes.dim} dateTime={entry.at}>{format.instant(entry.at)}</time> },
  ];
  return (
    <SettingsPage name="audit_log" query={log.query}>
      {() => (
        <>
          {log.rows.length === 0
            ? <EmptyState icon={<IconHistory size={22} />} title={t('settings.audit_log.empty')} />
            : <SimpleTable label={t('settings.audit_log.title')} columns={columns} rows={log.rows} keyOf={(entry) => entry.id} />}
          <MoreButton pages={log} />
        </>
      )}
    </SettingsPage>
  );
}
