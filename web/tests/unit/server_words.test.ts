import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoken_by_server } from '@/ui/spoken_by_server';
import { auditWords, eventWords, parkedReasons, refusalCodes } from './server_words';

const locales_folder = join(import.meta.dirname, '../../src/locales');

function group(language: string, name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(locales_folder, language, `${name}.json`), 'utf8'));
}

function part(language: string, name: string, ...path: string[]): Record<string, unknown> {
  return path.reduce((inner, word) => inner[word] as Record<string, unknown>, group(language, name));
}

describe.each(readdirSync(locales_folder))('What the server says has words in %s:', (language) => {
  const missingIn = (words: string[], ...catalogues: Record<string, unknown>[]) =>
    words.filter((word) => !catalogues.some((catalogue) => typeof catalogue[word] === 'string'));
  const refusals = group(language, 'refusal');

  it('the code of every refusal', () => {
    expect(refusalCodes().length).toBeGreaterThan(100);
    expect(missingIn(refusalCodes(), refusals)).toEqual([]);
  });

  it('what the audit log holds', () => {
    expect(auditWords().length).toBeGreaterThan(15);
    expect(missingIn(auditWords(), group(language, 'audit'))).toEqual([]);
  });

  it('what history and timeline tell', () => {
    expect(eventWords()).toEqual(expect.arrayContaining(['created', 'purged', 'reply_sent', 'mail_bounced']));
    expect(missingIn(eventWords(), part(language, 'desk', 'event'))).toEqual([]);
  });

  it('why a mail is parked', () => {
    expect(parkedReasons()).toEqual(expect.arrayContaining(['loop_suspected', 'no_sender', 'failed']));
    expect(missingIn(parkedReasons(), part(language, 'settings', 'parked_mails', 'reasons'), refusals)).toEqual([]);
  });
});

it('What English leaves to the server has general words for the other languages', () => {
  const known = group('ja', 'refusal');
  expect([...spoken_by_server].filter((code) => !(code in known))).toEqual([]);
});
