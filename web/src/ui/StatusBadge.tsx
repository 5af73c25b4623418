import { Badge } from './Badge';
import type { Tone } from './Badge';
import type { StatusType } from '@/api';

const tones: Record<StatusType, Tone> = { open: 'accent', on_hold: 'warn', closed: 'good' };

interface StatusBadgeProps {
  label: string;
  type: StatusType;
  look?: 'soft' | 'plain';
}

/** The status of a ticket in the colour of its type. */
export function StatusBadge({ label, type, look = 'soft' }: StatusBadgeProps) {
  return <Badge tone={tones[type]} look={look}>{label}</Badge>;
}
