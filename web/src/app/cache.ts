import { QueryClient } from '@tanstack/react-query';
import { toRefusal } from '@/api';

const retries_max = 2;

export function makeCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Only what may pass by itself is tried again; a refusal stays one.
        retry: (count, error) => count < retries_max && ['busy', 'unreachable'].includes(toRefusal(error).kind),
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  });
}
