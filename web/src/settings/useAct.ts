import { useToast } from '@/ui';

/** Does something at the press of a button: says that it is done, or why it was refused. */
export function useAct(): (act: () => Promise<unknown>, done?: string) => Promise<void> {
  const toast = useToast();
  return async (act, done) => {
    try {
      await act();
      if (done !== undefined) toast.done(done);
    } catch (error) {
      toast.refused(error);
    }
  };
}
