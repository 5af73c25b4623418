import { useText } from '@/i18n';
import { useMeta } from '@/api';
import type { FieldEditProps } from '../field_parts';
import { LinkedSelect } from '../LinkedSelect';
import { linkedId } from '../values';

/** An agent. I stand first, for taking a ticket myself is the most frequent choice. */
export function EditUser(props: FieldEditProps) {
  const { t } = useText();
  const { agents, me } = useMeta();
  const { value, choices } = props;
  const known = choices?.map(({ id, title }) => ({ id, name: title }));
  const active = known ?? agents.filter((agent) => agent.status === 'active' || agent.id === linkedId(value));
  const mine = active.filter((agent) => agent.id === me.agent_id);
  const others = active.filter((agent) => agent.id !== me.agent_id);
  const data = [
    ...mine.map((agent) => ({ value: agent.id, label: t('ui.name_me', { name: agent.name }), title: agent.name })),
    ...others.map((agent) => ({ value: agent.id, label: agent.name })),
  ];
  return <LinkedSelect {...props} data={data} />;
}
