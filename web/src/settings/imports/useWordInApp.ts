import { useApp } from '@/api';

/** The key of a text that says "accounts": the applications call them by other names. */
export function useWordInApp(): (key: string) => string {
  const app = useApp();
  return (key) => (app === 'desk' ? key : `${key}_${app}`);
}
