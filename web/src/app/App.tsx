import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { ConfirmProvider } from '@/ui';
import { theme } from '@/ui/theme';
import { AppErrorBoundary } from './AppErrorBoundary';
import { AppRoutes } from './AppRoutes';
import { makeCache } from './cache';
import { SessionGate } from './SessionGate';

const cache = makeCache();

/** The whole application: theme, cache, addresses, session. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <AppErrorBoundary>
        <QueryClientProvider client={cache}>
          <BrowserRouter>
            <ConfirmProvider>
              <SessionGate>
                <AppRoutes />
              </SessionGate>
            </ConfirmProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </AppErrorBoundary>
      <Notifications position="top-center" limit={4} />
    </MantineProvider>
  );
}
