import type { Role } from '@/api';
import { useText } from '@/i18n';

/** The warning beside the departments of a person who would see no ticket. Administrators see all. */
export function useDepartmentNote(roles: Role[]): (role: string | null, departments: string[]) => string | undefined {
  const { t } = useText();
  return (role, departments) => {
    const kind = roles.find((each) => each.id === role)?.kind;
    return departments.length === 0 && kind !== undefined && kind !== 'administrator' ? t('settings.users.no_department') : undefined;
  };
}
