import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { keys, onSignedOut, setCsrfToken, useSessionQuery } from '@/api';
import type { Person } from '@/api';
import { changeLocale, useText } from '@/i18n';
import { ErrorState, FormatProvider } from '@/ui';
import { Splash } from './Splash';

/** Waits until it is known who is there, then shows the application in that person's language and look. */
export function SessionGate({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  // The language that is shown, not the one that was asked for: words and times never mix.
  const { i18n } = useText();
  const session = useSessionQuery();
  const person = session.data?.person ?? null;
  const is_dressed = usePersonalLook(person);

  useEffect(
    () =>
      onSignedOut(() => {
        setCsrfToken(null);
        cache.setQueryData(keys.session, null);
      }),
    [cache],
  );

  if (session.isPending) return <Splash />;
  if (session.isError && !session.data)
    return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  if (!is_dressed) return <Splash />;
  return (
    <FormatProvider
      locale={i18n.language}
      time_zone={person?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
    >
      {children}
    </FormatProvider>
  );
}

/** Language, theme and density of the person. False until the first catalogue is there. */
function usePersonalLook(person: Person | null): boolean {
  const { setColorScheme } = useMantineColorScheme();
  const [is_ready, setReady] = useState(false);
  const locale = person?.locale;
  const theme = person?.theme;
  const density = person?.density;
  useEffect(() => {
    if (locale === undefined) return setReady(true);
    void changeLocale(locale).finally(() => setReady(true));
    return undefined;
  }, [locale]);
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset.density = density ?? 'comfortable';
  }, [density]);
  return is_ready;
}
