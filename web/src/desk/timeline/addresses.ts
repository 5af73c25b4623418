import type { Address } from '@/api';

/** How an address is shown: the name when there is one. */
export function addressName({ name, address }: Address): string {
  return name.trim() === '' ? address : name;
}

export function senderOf(from: string | Address | null, fallback: string): Address {
  if (from === null) return { name: fallback, address: '' };
  return typeof from === 'string' ? { name: fallback, address: from } : from;
}
