// Writes a .gz beside every text file of the built application, for the server to send as it is.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, constants } from 'node:zlib';

const text_file = /\.(js|css|html|svg|json|txt|map)$/;
const smallest_bytes = 1024;

function compress(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) compress(path);
    else if (text_file.test(name) && statSync(path).size >= smallest_bytes)
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
  }
}

compress('dist');
