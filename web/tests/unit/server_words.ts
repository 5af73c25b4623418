import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// What the server says in single words: the codes of its refusals, the words of its logs. Read from
// its source, so that a word that is new there is missed here at once.

const server_folder = join(import.meta.dirname, '../../../src');
/** Rooms whose refusals no browser sees: another dialect, the command line, the demo, what is below all. */
const unseen = ['api/channels', 'api/crm', 'api/desk', 'api/oauth', 'base', 'crm/demo', 'db', 'desk/demo', 'jobs', 'server'];

function read(folder: string, path = ''): string[] {
  if (unseen.includes(path)) return [];
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) return read(folder, inner);
    return /\.(cpp|h)$/.test(entry.name) ? [withoutComments(readFileSync(join(folder, inner), 'utf8'))] : [];
  });
}

function withoutComments(source: string): string {
  return source.replace(/^\s*\/\/.*$/gm, '');
}

const sources = read(server_folder);

/** The arguments of each call or brace that begins with `opening`, as they are written. */
function argumentsOf(opening: RegExp): string[][] {
  return sources.flatMap((source) => [...source.matchAll(opening)].map((match) => split(source, match.index + match[0].length)));
}

function split(source: string, start: number): string[] {
  const given = [''];
  let depth = 0;
  let is_text = false;
  for (let at = start; at < source.length; ++at) {
    const sign = source.charAt(at);
    if (is_text && sign === '\\') {
      given[given.length - 1] += sign + source.charAt(++at);
      continue;
    }
    if (sign === '"') is_text = !is_text;
    if (!is_text && '({['.includes(sign)) ++depth;
    if (!is_text && ')}]'.includes(sign) && --depth < 0) return given.map((each) => each.trim());
    if (!is_text && depth === 0 && sign === ',') given.push('');
    else given[given.length - 1] += sign;
  }
  return given;
}

function wordsIn(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/"([a-z][a-z_]*)"/g)].map((match) => match[1] ?? '');
}

/** A code stands alone; a sentence or a name that is put together is none. */
function codeIn(text: string | undefined): string[] {
  return /^"[a-z_]+"$/.test(text ?? '') ? wordsIn(text) : [];
}

const sorted = (words: string[]) => [...new Set(words)].sort();

/** Every code that a refusal or the fault of a field can have. */
export function refusalCodes(): string[] {
  return sorted([
    'not_found', 'busy',
    ...argumentsOf(/\b(?:invalid|field_fault|FieldFault|refuse)\s*[({]/g).flatMap((given) => codeIn(given[1])),
    ...argumentsOf(/\b(?:forbidden|conflict|unauthenticated|too_large)\s*\(/g).flatMap((given) => codeIn(given[0])),
    ...argumentsOf(/\bRefusal\s*\{/g).flatMap((given) => codeIn(given[1])),
    ...sources.flatMap((source) => [...source.matchAll(/\.code = ("[a-z_]+");/g)].flatMap((match) => codeIn(match[1]))),
  ]);
}

/** What the audit log says was done. */
export function auditWords(): string[] {
  return sorted([
    ...argumentsOf(/\baudit\(/g).flatMap((given) => wordsIn(given[2])),
    ...argumentsOf(/\baudit_person\(/g).flatMap((given) => wordsIn(given[3])),
  ]);
}

/** What a record's history and a ticket's timeline say happened. */
export function eventWords(): string[] {
  const parts = sources.flatMap((source) => [
    ...[...source.matchAll(/case Verb::\w+: return "[a-z]+"/g)].map((match) => match[0]),
    ...[...source.matchAll(/\.event = [^;,]+/g)].map((match) => match[0]),
    ...[...source.matchAll(/\{([^{};]*?),\s*detail(?:_of\(|\.take)/g)].map((match) => match[1] ?? ''),
  ]);
  const noted = argumentsOf(/\bnote_delivery\(/g).map((given) => given[3] ?? '');
  return sorted([...parts, ...noted].flatMap(wordsIn));
}

/** Why a mail could not become a ticket, beyond what reading it refuses. */
export function parkedReasons(): string[] {
  return sorted([
    ...argumentsOf(/\b(?:parked|park_raw_mail)\(/g).flatMap((given) => codeIn(given.at(-1))),
    ...sources.flatMap((source) => [...source.matchAll(/\breason = ("[a-z_]+")/g)].flatMap((match) => codeIn(match[1]))),
  ]);
}
