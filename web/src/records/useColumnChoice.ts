import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';

/** Which columns the person wants in a list, remembered in this browser. */
export function useColumnChoice(list: string, known: string[], first: string[]) {
  const [stored, setStored] = useLocalStorage<string[] | null>({
    key: `tandem.columns.${list}`, defaultValue: null, getInitialValueInEffect: false,
  });
  const chosen = useMemo(() => (stored ?? first).filter((name) => known.includes(name)), [stored, first, known]);
  return { chosen, choose: setStored };
}
