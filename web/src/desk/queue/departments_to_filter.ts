import type { Department, Meta } from '@/api';

/** The departments whose tickets a person works on: all for an administrator, else their own. What is chosen stays. */
export function departmentsToFilter(
  departments: Department[], me: Pick<Meta['me'], 'role' | 'department_ids'>, chosen: string | null,
): Department[] {
  const sees_all = me.role.kind === 'administrator';
  return departments.filter((each) => each.id === chosen || (each.is_enabled && (sees_all || me.department_ids.includes(each.id))));
}
