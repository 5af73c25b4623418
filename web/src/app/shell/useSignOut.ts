import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { finishBeforeSignOut, remove, useTakeSession } from '@/api';
import { useToast } from '@/ui';

export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const toast = useToast();
  return async () => {
    try {
      if (!(await finishBeforeSignOut())) return;
      await remove('/session');
      await navigate('/signin');
      cache.clear();
      takeSession(null);
    } catch (error) {
      toast.refused(error);
    }
  };
}
