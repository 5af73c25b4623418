import { MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get, homeOf, keys, useMay, useMeta, useOrganisation } from '@/api';
import type { Named, ViewAudience } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import type { FaultOf } from '@/ui';
import type { ViewForm } from './view_form';

interface AudienceFieldsProps {
  form: ViewForm;
  onChange: (changes: Partial<ViewForm>) => void;
  faultOf: FaultOf;
}

const audiences: ViewAudience[] = ['owner', 'everybody', 'departments', 'roles'];

/** Who has the view beside its owner. */
export function AudienceFields({ form, onChange, faultOf }: AudienceFieldsProps) {
  const { t } = useText();
  const { departments } = useMeta();
  const roleLabel = useRoleLabel();
  const roles = useRoles();
  const offered = audiences.filter((kind) => kind === form.audience || (kind === 'roles' ? roles !== undefined : kind !== 'departments' || departments.length > 0));
  const names_some = form.audience === 'departments' || form.audience === 'roles';
  const options = form.audience === 'departments'
    ? departments.map(({ id, name }) => ({ value: id, label: name }))
    : (roles ?? []).map(({ id, name }) => ({ value: id, label: roleLabel(name) }));
  return (
    <>
      <Select
        label={t('views.audience')} allowDeselect={false} value={form.audience} error={names_some ? undefined : faultOf('audience')}
        data={offered.map((kind) => ({ value: kind, label: t(`views.audiences.${kind}`) }))}
        onChange={(kind) => onChange({ audience: audiences.find((each) => each === kind) ?? 'owner', audience_ids: [] })}
      />
      {names_some && (
        <MultiSelect
          label={t(`views.audiences.${form.audience}`)} withAsterisk searchable data={options} value={form.audience_ids} error={faultOf('audience')}
          nothingFoundMessage={t('ui.nothing_found')} onChange={(audience_ids) => onChange({ audience_ids })}
        />
      )}
    </>
  );
}

/** Roles are told to those who look after people; others share with departments. */
function useRoles(): Named[] | undefined {
  const org = useOrganisation();
  const may_read = useMay('manage_people');
  return useQuery({
    queryKey: keys.settings(org, 'roles', 'names'),
    enabled: may_read,
    queryFn: async ({ signal }) => (await get<{ roles: Named[] }>(`${homeOf(org)}/roles`, {}, signal)).roles,
  }).data;
}
