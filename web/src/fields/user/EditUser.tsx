import { Select } from '@mantine/core';
import { useText } from '@/i18n';
import { useMeta } from '@/api';
import { inputProps } from '../input_props';
import type { FieldEditProps } from '../field_parts';
import { asLinked, linkedId } from '../values';

/** An agent. I stand first, for taking a ticket myself is the most frequent choice. */
export function EditUser(props: FieldEditProps) {
  const { t } = useText();
  const { agents, me } = useMeta();
  const { value, onChange, field, in_place, choices } = props;
  const known = choices?.map(({ id, title }) => ({ id, name: title }));
  const active = known ?? agents.filter((agent) => agent.status === 'active' || agent.id === linkedId(value));
  const mine = active.filter((agent) => agent.id === me.agent_id);
  const others = active.filter((agent) => agent.id !== me.agent_id);
  const data = [
    ...mine.map((agent) => ({ value: agent.id, label: t('ui.name_me', { name: agent.name }) })),
    ...others.map((agent) => ({ value: agent.id, label: agent.name })),
  ];
  const chosen = asLinked(value);
  if (chosen && !data.some((each) => each.value === chosen.id)) data.push({ value: chosen.id, label: chosen.title });
  const handleChange = (id: string | null) => {
    const agent = (known ?? agents).find((each) => each.id === id);
    onChange(agent ? { id: agent.id, title: agent.name } : null);
  };
  return (
    <Select
      {...inputProps(props)}
      data={data}
      value={linkedId(value)}
      onChange={handleChange}
      searchable
      clearable={!field.required}
      allowDeselect={!field.required}
      nothingFoundMessage={t('ui.nothing_found')}
      defaultDropdownOpened={in_place}
    />
  );
}
