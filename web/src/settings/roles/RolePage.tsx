import { Link, useParams } from 'react-router';
import { IconChevronLeft } from '@tabler/icons-react';
import { homeOf, useOrganisation } from '@/api';
import type { RolesAnswer } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { EmptyState } from '@/ui';
import { SettingsPage } from '../SettingsPage';
import { useSettingsQuery } from '../useSettings';
import { RoleEditor } from './RoleEditor';
import classes from './Roles.module.css';

/** One role: what it may do in each module, with each field, and in the settings. */
export function RolePage() {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const org = useOrganisation();
  const id = useParams().id ?? '';
  const roles = useSettingsQuery<RolesAnswer>('roles');
  const role = roles.data?.roles.find((each) => each.id === id);
  return (
    <SettingsPage
      name="roles"
      title={role ? roleLabel(role.name) : t('settings.roles.title')}
      query={roles}
      before={
        <Link className={classes.crumb} to={`${homeOf(org)}/settings/roles`}>
          <IconChevronLeft size={14} aria-hidden="true" />{t('settings.roles.title')}
        </Link>
      }
    >
      {({ field_choices }) => (role ? <RoleEditor key={role.id} role={role} choices={field_choices} /> : <EmptyState title={t('app.not_found')} />)}
    </SettingsPage>
  );
}
