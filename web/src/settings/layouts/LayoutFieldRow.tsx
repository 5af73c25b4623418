import { ActionIcon, Select, UnstyledButton } from '@mantine/core';
import { IconGripVertical, IconX } from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent } from 'react';
import type { Asked, Field } from '@/api';
import { FieldInput } from '@/fields';
import { useText } from '@/i18n';
import classes from './Layouts.module.css';

const asked: Asked[] = ['never', 'to_close', 'always'];

interface LayoutFieldRowProps {
  field: Field;
  label: string;
  required: Asked;
  is_needed: boolean;
  takes_default: boolean;
  value: unknown;
  error: string | undefined;
  onRequired: (required: Asked) => void;
  onDefault: (value: unknown) => void;
  onRemove: () => void;
  onStep: (step: -1 | 1) => void;
  onGrab: () => void;
  onDrop: () => void;
}

/** One field of a layout: dragged, or moved with the arrow keys while its handle has the focus. */
export function LayoutFieldRow(props: LayoutFieldRowProps) {
  const { field, label, required, is_needed, takes_default, value, error, onRequired, onDefault, onRemove, onStep, onGrab, onDrop } = props;
  const { t } = useText();
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
  };
  const handleDragStart = (event: DragEvent) => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', field.name);
    onGrab();
  };
  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onDrop();
  };
  return (
    <li className={classes.row} draggable onDragStart={handleDragStart} onDragOver={(event) => event.preventDefault()} onDrop={handleDrop} data-field={field.name}>
      <UnstyledButton className={classes.handle} aria-label={t('layouts.move', { field: label })} onKeyDown={handleKeyDown}>
        <IconGripVertical size={15} aria-hidden="true" />
      </UnstyledButton>
      <span className={classes.name}>{label}</span>
      <Select
        size="xs" className={classes.asked} allowDeselect={false} aria-label={t('layouts.required_for', { field: label })} value={required} disabled={is_needed}
        data={asked.map((word) => ({ value: word, label: t(`layouts.asked_${word}`) }))}
        onChange={(word) => onRequired(asked.find((each) => each === word) ?? 'never')}
      />
      <div className={classes.usual}>
        {takes_default && (
          <FieldInput
            module="tickets" field={{ ...field, required: false }} label={t('layouts.default_for', { field: label })}
            value={value ?? null} error={error} onChange={onDefault}
          />
        )}
      </div>
      <ActionIcon aria-label={t('layouts.remove', { field: label })} disabled={is_needed} onClick={onRemove}><IconX size={15} /></ActionIcon>
    </li>
  );
}
