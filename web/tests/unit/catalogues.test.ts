import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const locales_folder = join(import.meta.dirname, '../../src/locales');
const source_folder = join(import.meta.dirname, '../../src');
const languages = readdirSync(locales_folder);

function flat(value: unknown, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, [...path, key]));
}

function keysOf(language: string): Set<string> {
  const folder = join(locales_folder, language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Set(
    files.flatMap((name) => flat(JSON.parse(readFileSync(join(folder, name), 'utf8')), [name.slice(0, -'.json'.length)])),
  );
}

/** Languages have different plural forms: `x_one` and `x_other` are one key. */
function withoutPlurals(keys: Set<string>): string[] {
  return [...new Set([...keys].map((key) => key.replace(/_(one|other)$/, '')))].sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [path] : [];
  });
}

const files = sources(source_folder).map((path) => ({ path: path.slice(source_folder.length + 1), text: readFileSync(path, 'utf8') }));

describe('Texts', () => {
  it('are there in every language', () => {
    const english = withoutPlurals(keysOf('en'));
    for (const language of languages) expect(withoutPlurals(keysOf(language)), language).toEqual(english);
  });

  it('that the code names are in the catalogue', () => {
    const known = new Set([...keysOf('en'), ...withoutPlurals(keysOf('en'))]);
    const missing = files.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([a-z_]+(?:\.[a-zA-Z0-9_]+)+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !known.has(key))
        .map((key) => `${path}: ${key}`));
    expect(missing).toEqual([]);
  });

  it('stand in no component', () => {
    const found = files
      .filter(({ path }) => path.endsWith('.tsx'))
      .flatMap(({ path, text }) => [
        ...[...text.matchAll(/<[A-Za-z][\w.]*(?:\s[^<>]*?)?>\s*([A-Z][a-z]+[^<>{}()=;|&]*)<\//g)].map((match) => `${path}: ${match[1]}`),
        ...[...text.matchAll(/\b(?:label|title|placeholder|aria-label|description|alt)="([^"]*[A-Za-z]{2,}[^"]*)"/g)].map((match) => `${path}: ${match[1]}`),
      ]);
    expect(found).toEqual([]);
  });
});
