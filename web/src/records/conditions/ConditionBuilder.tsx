import { ActionIcon, Button, Select } from '@mantine/core';
import { IconFolderPlus, IconPlus, IconX } from '@tabler/icons-react';
import { useText } from '@/i18n';
import { conditions_max, countRows, depth_max, isGroup, isKept, joins, newGroup, newRow, withPart } from './conditions';
import type { ConditionGroup, ConditionPart } from './conditions';
import { ConditionLine } from './ConditionLine';
import { KeptLine } from './KeptLine';
import { useConditionFields } from './useConditionFields';
import classes from './Conditions.module.css';

interface ConditionBuilderProps {
  root: ConditionGroup;
  shows_faults: boolean;
  onChange: (root: ConditionGroup) => void;
}

/** Conditions, and groups of them, joined by all or any. */
export function ConditionBuilder({ root, shows_faults, onChange }: ConditionBuilderProps) {
  const replace = (part: ConditionPart, next: ConditionPart | null) =>
    onChange(part.key === root.key && next !== null && isGroup(next) ? next : withPart(root, part.key, next));
  return <Group group={root} depth={1} is_full={countRows(root) >= conditions_max} shows_faults={shows_faults} onReplace={replace} />;
}

interface GroupProps {
  group: ConditionGroup;
  depth: number;
  is_full: boolean;
  shows_faults: boolean;
  onReplace: (part: ConditionPart, next: ConditionPart | null) => void;
}

function Group({ group, depth, is_full, shows_faults, onReplace }: GroupProps) {
  const { t } = useText();
  const fields = useConditionFields();
  const first = fields.find((each) => each.field.name === 'status') ?? fields[0];
  const add = (part: ConditionPart) => onReplace(group, { ...group, parts: [...group.parts, part] });
  const handleJoin = (word: string | null) => onReplace(group, { ...group, join: joins.find((join) => join === word) ?? 'all_of' });
  return (
    <fieldset className={classes.group} data-inner={depth > 1 || undefined}>
      <legend className="visually-hidden">{depth === 1 ? t('views.conditions') : t('views.group')}</legend>
      <div className={classes.join}>
        <Select
          aria-label={t('views.join')} allowDeselect={false} value={group.join}
          data={joins.map((join) => ({ value: join, label: t(`views.joined.${join}`) }))} onChange={handleJoin}
        />
        {depth > 1 && <ActionIcon aria-label={t('views.remove_group')} onClick={() => onReplace(group, null)}><IconX size={15} /></ActionIcon>}
      </div>
      {group.parts.length === 0 && <p className={classes.hint}>{depth === 1 ? t('views.no_condition') : t('views.empty_group')}</p>}
      {group.parts.map((part) => {
        if (isGroup(part)) return <Group key={part.key} group={part} depth={depth + 1} is_full={is_full} shows_faults={shows_faults} onReplace={onReplace} />;
        if (isKept(part)) return <KeptLine key={part.key} part={part} onRemove={() => onReplace(part, null)} />;
        return (
          <ConditionLine
            key={part.key} row={part} fields={fields} shows_faults={shows_faults}
            onChange={(next) => onReplace(part, next)} onRemove={() => onReplace(part, null)}
          />
        );
      })}
      {!is_full && first !== undefined && (
        <div className={classes.adders}>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => add(newRow(first.field))}>
            {t('views.add_condition')}
          </Button>
          {depth < depth_max && (
            <Button size="compact-sm" variant="default" leftSection={<IconFolderPlus size={14} />} onClick={() => add(newGroup([newRow(first.field)], 'any_of'))}>
              {t('views.add_group')}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}
