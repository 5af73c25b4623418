import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useText } from '@/i18n';
import type { ChoiceRow } from './field_form';
import classes from './Fields.module.css';

interface ChoiceRowsProps {
  rows: ChoiceRow[];
  error: string | undefined;
  onChange: (rows: ChoiceRow[]) => void;
}

/** The options of a choice in their order. Another label is another word for the same option. */
export function ChoiceRows({ rows, error, onChange }: ChoiceRowsProps) {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);
  const focusRow = (index: number) =>
    window.setTimeout(() => list.current?.querySelectorAll('input')[index]?.focus());
  const add = () => {
    onChange([...rows, { key: Math.max(0, ...rows.map((row) => row.key)) + 1, name: null, label: '' }]);
    focusRow(rows.length);
  };
  const move = (from: number, to: number) => {
    const moved = rows[from];
    if (moved === undefined || to < 0 || to >= rows.length) return;
    const rest = rows.filter((_, index) => index !== from);
    onChange([...rest.slice(0, to), moved, ...rest.slice(to)]);
    focusRow(to);
  };
  const handleKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (index === rows.length - 1) add();
      else focusRow(index + 1);
    }
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(index, event.key === 'ArrowUp' ? index - 1 : index + 1);
    }
  };
  return (
    <Input.Wrapper label={t('custom_fields.choices')} labelElement="div" description={t('custom_fields.choices_help')} withAsterisk error={error}>
      <div className={classes.rows} ref={list}>
        {rows.map((row, index) => {
          const name = row.label === '' ? t('custom_fields.choice', { place: index + 1 }) : row.label;
          return (
            <div key={row.key} className={classes.row}>
              <TextInput
                aria-label={t('custom_fields.choice', { place: index + 1 })} className={classes.label} maxLength={100} value={row.label}
                onChange={(event) => onChange(rows.map((each, at) => (at === index ? { ...each, label: event.currentTarget.value } : each)))}
                onKeyDown={(event) => handleKeyDown(event, index)}
              />
              <ActionIcon aria-label={t('custom_fields.up', { name })} disabled={index === 0} onClick={() => move(index, index - 1)}><IconArrowUp size={15} /></ActionIcon>
              <ActionIcon aria-label={t('custom_fields.down', { name })} disabled={index === rows.length - 1} onClick={() => move(index, index + 1)}><IconArrowDown size={15} /></ActionIcon>
              <ActionIcon aria-label={t('custom_fields.remove', { name })} onClick={() => onChange(rows.filter((each) => each !== row))}><IconTrash size={15} /></ActionIcon>
            </div>
          );
        })}
        <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>{t('custom_fields.add_choice')}</Button>
      </div>
    </Input.Wrapper>
  );
}
