import { ActionIcon, Button, Group } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Filter } from '@/api';
import { useText } from '@/i18n';
import { FormDialog, keep_open } from '@/ui';
import { ConditionBuilder } from './conditions/ConditionBuilder';
import { ConditionModule } from './conditions/condition_module';
import { countRows, groupFrom, isUnfinished, listFilterOf, newRow } from './conditions/conditions';
import type { ConditionGroup } from './conditions/conditions';
import { useConditionFields } from './conditions/useConditionFields';

interface ListFilterProps {
  module: string;
  filter: Filter | null;
  onFilter: (filter: Filter | null) => void;
}

/** Narrows a list by conditions on any of its fields, and says how many there are. */
export function ListFilter({ module, ...props }: ListFilterProps) {
  return <ConditionModule value={module}><FilterButton {...props} /></ConditionModule>;
}

function FilterButton({ filter, onFilter }: Omit<ListFilterProps, 'module'>) {
  const { t } = useText();
  const fields = useConditionFields();
  const [root, setRoot] = useState<ConditionGroup | null>(null);
  const [shows_faults, setShowsFaults] = useState(false);
  const all = fields.map((each) => each.field);
  const count = filter === null ? 0 : countRows(groupFrom(filter, all));
  const handleOpen = () => {
    const group = groupFrom(filter, all);
    setShowsFaults(false);
    // Who opens it wants a condition: the first stands there at once.
    setRoot(group.parts.length === 0 && all[0] !== undefined ? { ...group, parts: [newRow(all[0])] } : group);
  };
  const handleSubmit = () => {
    if (root === null) return Promise.resolve();
    if (isUnfinished(root)) {
      setShowsFaults(true);
      return Promise.resolve(keep_open);
    }
    onFilter(listFilterOf(root));
    return Promise.resolve();
  };
  return (
    <>
      <Group gap={4} wrap="nowrap">
        <Button variant="default" leftSection={<IconFilter size={15} />} onClick={handleOpen}>
          {count === 0 ? t('records.filter') : t('records.filter_count', { count })}
        </Button>
        {count > 0 && <ActionIcon aria-label={t('records.filter_clear')} onClick={() => onFilter(null)}><IconX size={15} /></ActionIcon>}
      </Group>
      <FormDialog title={t('records.filter_title')} is_open={root !== null} size="xl" submit_label={t('records.filter_apply')} onClose={() => setRoot(null)} onSubmit={handleSubmit}>
        {() => root !== null && <ConditionBuilder root={root} shows_faults={shows_faults} onChange={setRoot} />}
      </FormDialog>
    </>
  );
}
