// What tests of hooks and dialogs draw them in: the providers of the application, and what jsdom has not.
import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { keys, OrganisationProvider } from '@/api';
import type { Module } from '@/api';
import { changeLocale, startTranslations } from '@/i18n';
import { ConfirmProvider, FormatProvider } from '@/ui';

class NoObserver { observe() {} unobserve() {} disconnect() {} }
const lacking = {
  matchMedia: () => ({ matches: true, addEventListener() {}, removeEventListener() {} }),
  ResizeObserver: NoObserver,
};

/** Whatever language another test has spoken. */
export async function speakEnglish(): Promise<void> {
  await startTranslations();
  await changeLocale('en');
}

/** Draws something of the organisation 1 in English; the server is whatever the test makes of `fetch`. */
export function show(screen: ReactNode, modules: Partial<Module>[] = []): void {
  for (const [name, value] of Object.entries(lacking)) Object.defineProperty(globalThis, name, { value, configurable: true });
  // What another test has said is still in their store.
  notifications.clean();
  Element.prototype.scrollIntoView = () => {};
  const cache = new QueryClient();
  cache.setQueryData(keys.meta('1'), { modules, departments: [], agents: [], organisation: { id: '1', name: 'Acme' }, me: { may: [] }, limits: { bulk_ids: 250 } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={cache}>
        <OrganisationProvider value="1">
          <FormatProvider locale="en" time_zone="UTC"><ConfirmProvider>{screen}</ConfirmProvider></FormatProvider>
        </OrganisationProvider>
      </QueryClientProvider>
      <Notifications />
    </MantineProvider>,
  );
}
