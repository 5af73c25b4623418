import {
  IconApi, IconBan, IconBellCog, IconBuilding, IconClock, IconClockPlay, IconFileImport, IconForms, IconHistory, IconLayoutList, IconListCheck, IconMail, IconMailPause, IconPhone, IconShare, IconShieldLock, IconSitemap, IconTemplate,
  IconBolt, IconMoodSmile, IconTargetArrow, IconTrash, IconUserCircle, IconUsers, IconUsersGroup, IconWand, IconWebhook, IconWorld,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { App, Meta } from '@/api';

export interface SettingsPlace {
  path: string;
  /** settings.group.<group>; a group without heading stands alone. */
  group: string;
  /** settings.<name>.title, .lead and .words (more words to find it by). */
  name: string;
  icon: ReactNode;
  /** The right that the server wants; without it everybody sees the page. */
  needs?: string;
  /** Or a right that a role has on any module. */
  right?: string;
  /** The applications that have the page; Desk alone when left out. */
  apps?: App[];
}

const everywhere: App[] = ['desk', 'crm', 'bigin'];
const sales: App[] = ['crm', 'bigin'];

export function hasPage({ apps = ['desk'] }: SettingsPlace, app: App): boolean {
  return apps.includes(app);
}

/** Whether the role has what the server wants for the page. */
export function mayOpen({ needs, right }: SettingsPlace, { me, modules }: Pick<Meta, 'me' | 'modules'>): boolean {
  if (needs !== undefined && !me.may.includes(needs)) return false;
  return right === undefined || modules.some((module) => module.may.includes(right));
}

const size = 16;

/** The page tree of the settings, in this order. */
export const settings_places: SettingsPlace[] = [
  { path: 'my-account', group: 'general', name: 'my_account', icon: <IconUserCircle size={size} />, apps: everywhere },
  { path: 'organisation', group: 'general', name: 'organisation', icon: <IconBuilding size={size} />, needs: 'manage_organisation', apps: everywhere },
  { path: 'signals', group: 'general', name: 'signals', icon: <IconBellCog size={size} />, needs: 'manage_organisation', apps: ['bigin'] },
  { path: 'users', group: 'users_and_control', name: 'users', icon: <IconUsers size={size} />, needs: 'manage_people', apps: everywhere },
  { path: 'roles', group: 'users_and_control', name: 'roles', icon: <IconShieldLock size={size} />, needs: 'manage_people', apps: everywhere },
  { path: 'departments', group: 'departments', name: 'departments', icon: <IconSitemap size={size} />, needs: 'manage_departments' },
  { path: 'ticket-sharing', group: 'departments', name: 'ticket_sharing', icon: <IconShare size={size} />, needs: 'manage_organisation' },
  { path: 'customer-ratings', group: 'departments', name: 'customer_ratings', icon: <IconMoodSmile size={size} />, needs: 'manage_departments' },
  { path: 'email', group: 'channels', name: 'email', icon: <IconMail size={size} />, needs: 'manage_mailboxes' },
  { path: 'web-forms', group: 'channels', name: 'web_forms', icon: <IconWorld size={size} />, needs: 'manage_mailboxes' },
  { path: 'telephone', group: 'channels', name: 'telephone', icon: <IconPhone size={size} />, needs: 'manage_mailboxes' },
  { path: 'spam', group: 'channels', name: 'spam', icon: <IconBan size={size} />, needs: 'manage_mailboxes' },
  { path: 'parked-mails', group: 'channels', name: 'parked_mails', icon: <IconMailPause size={size} />, needs: 'manage_mailboxes' },
  { path: 'signals', group: 'channels', name: 'sales_signals', icon: <IconBellCog size={size} />, needs: 'manage_organisation', apps: ['crm'] },
  {
    path: 'notification-rules', group: 'automation', name: 'notification_rules', icon: <IconBellCog size={size} />, needs: 'manage_departments',
  },
  { path: 'fields', group: 'customisation', name: 'fields', icon: <IconForms size={size} />, needs: 'manage_fields', apps: everywhere },
  { path: 'pipelines', group: 'customisation', name: 'pipelines', icon: <IconTargetArrow size={size} />, needs: 'manage_fields', apps: sales },
  { path: 'contact-roles', group: 'customisation', name: 'contact_roles', icon: <IconUsersGroup size={size} />, needs: 'manage_fields', apps: ['crm'] },
  { path: 'layouts', group: 'customisation', name: 'layouts', icon: <IconLayoutList size={size} />, needs: 'manage_fields' },
  { path: 'statuses', group: 'customisation', name: 'statuses', icon: <IconListCheck size={size} />, needs: 'manage_fields' },
  { path: 'service-levels', group: 'automation', name: 'service_levels', icon: <IconClockPlay size={size} />, needs: 'manage_organisation' },
  { path: 'business-hours', group: 'automation', name: 'business_hours', icon: <IconClock size={size} />, needs: 'manage_organisation' },
  { path: 'automation-rules', group: 'automation', name: 'automation_rules', icon: <IconBolt size={size} />, needs: 'manage_organisation' },
  { path: 'macros', group: 'automation', name: 'macros', icon: <IconWand size={size} /> },
  { path: 'reply-templates', group: 'automation', name: 'reply_templates', icon: <IconTemplate size={size} /> },
  { path: 'api', group: 'developer_space', name: 'api', icon: <IconApi size={size} />, needs: 'manage_api', apps: everywhere },
  { path: 'webhooks', group: 'developer_space', name: 'webhooks', icon: <IconWebhook size={size} />, needs: 'manage_api' },
  { path: 'imports', group: 'data_administration', name: 'imports', icon: <IconFileImport size={size} />, right: 'import', apps: everywhere },
  { path: 'recycle-bin', group: 'data_administration', name: 'recycle_bin', icon: <IconTrash size={size} />, apps: everywhere },
  { path: 'audit-log', group: 'data_administration', name: 'audit_log', icon: <IconHistory size={size} />, needs: 'read_audit_log', apps: everywhere },
];
