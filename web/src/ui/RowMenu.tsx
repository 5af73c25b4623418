import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface RowMenuProps {
  /** Names the row, for who hears it: "Actions for Ana". */
  label: string;
  children: ReactNode;
}

/** The acts of one row, behind three dots. */
export function RowMenu({ label, children }: RowMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={label}><IconDots size={16} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown miw={200} maw={300}>{children}</Menu.Dropdown>
    </Menu>
  );
}
