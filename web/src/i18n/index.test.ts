import i18next from 'i18next';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changeLocale, firstLocale, offered_locales, startTranslations } from '.';

const browserAsks = (...languages: string[]) =>
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);

describe('A language without a catalogue', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it.each(['ko', 'zh-TW', 'xx', ''])('%s is shown in English, with no key left bare', async (locale) => {
    browserAsks('ja');
    await startTranslations();
    await changeLocale(locale);
    expect(i18next.language).toBe('en');
    expect(i18next.t('entrance.sign_in_title')).not.toBe('entrance.sign_in_title');
    expect(document.documentElement.lang).toBe('en');
  });

  it('is passed over for the next one that the browser asks for', () => {
    browserAsks('ko-KR', 'fr', 'ja');
    expect(firstLocale()).toBe('ja');
    browserAsks('ko-KR', 'fr');
    expect(firstLocale()).toBe('en');
  });

  it('is not offered', () => {
    expect(offered_locales).toEqual(['en', 'ja', 'zh', 'pt']);
  });
});

describe('The languages that are offered', () => {
  it.each(['zh', 'pt'])('%s has its own words, and the browser that asks for a kind of it gets them', async (locale) => {
    localStorage.clear();
    browserAsks(locale === 'zh' ? 'zh-CN' : 'pt-BR');
    expect(firstLocale()).toBe(locale);
    await startTranslations();
    expect(document.documentElement.lang).toBe(locale);
    expect(i18next.t('ui.save')).toBe(locale === 'zh' ? '保存' : 'Salvar');
  });
});
