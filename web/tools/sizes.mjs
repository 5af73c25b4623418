// Says what each chunk weighs on the wire, and fails when the first load breaks its budget.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

const first_load_bytes_max = 300 * 1024;
const html = readFileSync('dist/index.html', 'utf8');
const eager = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]));

let first_load_bytes = 0;
for (const name of readdirSync('dist/assets').filter((each) => each.endsWith('.js')).sort()) {
  const path = `dist/assets/${name}`;
  const bytes = existsSync(`${path}.gz`) ? statSync(`${path}.gz`).size : statSync(path).size;
  const is_eager = eager.has(`assets/${name}`);
  if (is_eager) first_load_bytes += bytes;
  console.log(`${String(bytes).padStart(8)}  ${is_eager ? 'first' : '     '}  ${name}`);
}
console.log(`${String(first_load_bytes).padStart(8)}  first load, gzip (budget ${first_load_bytes_max})`);
if (first_load_bytes > first_load_bytes_max) process.exit(1);
