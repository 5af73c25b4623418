import { UnstyledButton } from '@mantine/core';
import { changeLocale, offered_locales, useText } from '@/i18n';
import classes from './Entrance.module.css';

/** The languages, each by its own name. */
export function LanguageChoice() {
  const { t, i18n } = useText();
  return offered_locales.map((locale) => (
    <UnstyledButton
      key={locale}
      lang={locale}
      className={classes.language}
      aria-pressed={i18n.language === locale}
      onClick={() => void changeLocale(locale)}
    >
      {t(`locale.${locale}`)}
    </UnstyledButton>
  ));
}
