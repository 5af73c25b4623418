import type { ComponentType } from 'react';
import type { Field, Linked } from '@/api';

export interface FieldShowProps {
  module: string;
  field: Field;
  value: unknown;
  /** In a line of a list, where there is room for little. */
  in_line?: boolean;
}

export interface FieldEditProps extends FieldShowProps {
  /** The new value, in the shape that the server takes; null empties the field. */
  onChange: (value: unknown) => void;
  label: string;
  /** The records to choose from when not every one will be taken; asked of the server. */
  choices?: Linked[];
  /** The department of the ticket that the value is for, where that decides what may be chosen. */
  department?: string | null;
  /** The words beside the input when the value was refused. */
  error?: string;
  /** The first input of a dialog: the person begins to type here. */
  is_first?: boolean;
  /** In place of another control: no label above, focus at once. */
  in_place?: boolean;
}

export interface FieldParts {
  Show: ComponentType<FieldShowProps>;
  Edit: ComponentType<FieldEditProps>;
  /** A value is taken at once (a menu) or when the person is done typing. */
  taken: 'at_once' | 'when_done';
  align?: 'end';
  /** Width in a table, in pixels. */
  width: number;
}
