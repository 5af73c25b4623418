import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '../../src');

/** "TimeReportPage.tsx: tiles" for each class that a screen takes from a style sheet that has it not. */
function missingIn(path: string): string[] {
  const text = readFileSync(join(source, path), 'utf8');
  return [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].flatMap(([, name = '', from = '']) => {
    const sheet = from.startsWith('@/') ? join(source, from.slice(2)) : normalize(join(source, dirname(path), from));
    const present = new Set([...readFileSync(sheet, 'utf8').matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, word]) => word));
    const used = [...text.matchAll(new RegExp(`(?<!['"])\\b${name}\\.([A-Za-z]\\w*)`, 'g'))].map(([, word = '']) => word);
    return used.filter((word) => word !== 'module' && !present.has(word)).map((word) => `${path}: ${word}`);
  });
}

it('every class that a screen names is in the style sheet that it names', () => {
  const screens = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx'));
  expect(screens.length).toBeGreaterThan(200);
  expect(screens.flatMap(missingIn)).toEqual([]);
});
