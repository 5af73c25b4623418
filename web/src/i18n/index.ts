import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { keep, recall } from '@/api';

/** The languages that have a complete catalogue. */
export const offered_locales = ['en', 'ja', 'zh', 'pt'] as const;
export type OfferedLocale = (typeof offered_locales)[number];

type Catalogue = Record<string, unknown>;

const catalogues: Record<OfferedLocale, () => Promise<{ default: Catalogue }>> = {
  en: () => import('@/locales/en'),
  ja: () => import('@/locales/ja'),
  zh: () => import('@/locales/zh'),
  pt: () => import('@/locales/pt'),
};

const remembered_key = 'tandem.locale';

function isOffered(locale: string): locale is OfferedLocale {
  return offered_locales.some((offered) => offered === locale);
}

/** The language of this browser: what was chosen last, else what the browser asks for. */
export function firstLocale(): OfferedLocale {
  const wanted = [recall('browser', remembered_key) ?? '', ...navigator.languages];
  for (const tag of wanted) {
    const locale = tag.split('-')[0] ?? '';
    if (isOffered(locale)) return locale;
  }
  return 'en';
}

export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'none',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await changeLocale(firstLocale());
}

/** Loads a catalogue and shows it. A language without a catalogue is shown in English. */
export async function changeLocale(locale: string): Promise<void> {
  const offered = isOffered(locale) ? locale : 'en';
  if (!i18next.hasResourceBundle(offered, 'translation')) {
    const catalogue = await catalogues[offered]();
    i18next.addResourceBundle(offered, 'translation', catalogue.default);
  }
  await i18next.changeLanguage(offered);
  keep('browser', remembered_key, offered);
  document.documentElement.lang = offered;
}

/** The translation of a key that is only known at run time, or `fallback` when the catalogue has none. */
export function useOptionalText(): (key: string, fallback: string, values?: Record<string, string>) => string {
  const { i18n, t } = useTranslation();
  return (key, fallback, values) => (i18n.exists(key) ? t(key, values) : fallback);
}

export { useTranslation as useText } from 'react-i18next';
export { Trans } from 'react-i18next';
