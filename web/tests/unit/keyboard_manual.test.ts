import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source_folder = join(import.meta.dirname, '../../src');
const manual = readFileSync(join(import.meta.dirname, '../../../docs/manual/keyboard.md'), 'utf8');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** As the manual writes a stroke: "mod+k" is `Ctrl+K`. */
function written(stroke: string): string {
  const names: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', escape: 'Esc', enter: 'Enter' };
  return `\`${stroke.split('+').map((key) => names[key] ?? key.toUpperCase()).join('+')}\``;
}

it('the manual names every key that a screen listens for', () => {
  const keys = new Set(sources(source_folder).flatMap((text) => [...text.matchAll(/\bkeys: '([^']+)'/g)].map((found) => found[1] ?? '')));
  expect(keys.size).toBeGreaterThan(20);
  const missing = [...keys].filter((each) => !each.split(' ').every((stroke) => manual.includes(written(stroke))));
  expect(missing).toEqual([]);
});
