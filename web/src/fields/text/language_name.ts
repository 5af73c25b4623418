const code_shape = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/** What people call a language that is kept by its code ("pt-BR"), in the language `shown_in`; other words stay as they are. */
export function languageName(kept: string, shown_in: string): string {
  if (!code_shape.test(kept)) return kept;
  return new Intl.DisplayNames([shown_in], { type: 'language', languageDisplay: 'standard' }).of(kept) ?? kept;
}
