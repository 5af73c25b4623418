import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source_folder = join(import.meta.dirname, '../../src');

/** What each room may import, as web/README.md says. */
const allowed: Record<string, string[]> = {
  app: ['desk', 'crm', 'settings', 'records', 'fields', 'ui', 'i18n', 'api'],
  desk: ['records', 'fields', 'ui', 'i18n', 'api'],
  crm: ['records', 'fields', 'ui', 'i18n', 'api'],
  settings: ['records', 'fields', 'ui', 'i18n', 'api'],
  records: ['fields', 'ui', 'i18n', 'api'],
  fields: ['ui', 'i18n', 'api'],
  ui: ['i18n', 'api'],
  i18n: ['locales', 'api'],
  api: [],
};

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

it('A room imports only what stands below it', () => {
  const wrong = Object.entries(allowed).flatMap(([room, below]) =>
    sources(join(source_folder, room)).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'@\/([a-z0-9_]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((other) => other !== room && !below.includes(other))
        .map((other) => `${path.slice(source_folder.length + 1)} imports ${other}`)));
  expect(wrong).toEqual([]);
});
