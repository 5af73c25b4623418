import { patch, useSession, useTakePerson } from '@/api';
import type { Person } from '@/api';
import { useToast } from '@/ui';

/** Changes my own words at once, and takes them back when the server refuses. */
export function useChangeMe(): (changes: Partial<Person>) => void {
  const { person } = useSession();
  const takePerson = useTakePerson();
  const toast = useToast();
  return (changes) => {
    takePerson({ ...person, ...changes });
    patch<Person>('/me', changes)
      .then(takePerson)
      .catch((error: unknown) => {
        takePerson(person);
        toast.refused(error);
      });
  };
}
