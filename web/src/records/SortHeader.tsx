import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Column } from './columns';
import classes from './RecordTable.module.css';

interface SortHeaderProps {
  column: Column;
  sort: string | null;
  onSort: (sort: string) => void;
}

/** The head of a column; a press sorts by it, a second press turns the order round. */
export function SortHeader({ column, sort, onSort }: SortHeaderProps) {
  if (column.sort === undefined)
    return <div role="columnheader" className={classes.headCell} data-align={column.align}>{column.label}</div>;
  const is_up = sort === column.sort;
  const is_down = sort === `-${column.sort}`;
  return (
    <div
      role="columnheader"
      className={classes.headCell}
      data-align={column.align}
      aria-sort={is_up ? 'ascending' : is_down ? 'descending' : 'none'}
    >
      <UnstyledButton className={classes.sort} onClick={() => onSort(is_up ? `-${column.sort}` : (column.sort ?? ''))}>
        {column.label}
        {is_up && <IconArrowUp size={12} aria-hidden="true" />}
        {is_down && <IconArrowDown size={12} aria-hidden="true" />}
      </UnstyledButton>
    </div>
  );
}
