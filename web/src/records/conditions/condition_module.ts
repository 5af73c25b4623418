import { createContext, useContext } from 'react';

/** Whose fields conditions ask for: tickets, where nobody says otherwise. */
export const ConditionModule = createContext('tickets');

export function useConditionModule(): string {
  return useContext(ConditionModule);
}
