import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

export function LabelledValue({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={2}>{label}</Text>
      {children}
    </div>
  );
}
