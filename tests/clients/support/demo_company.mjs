// The demo company in a folder of its own, served by the program: organisations of CRM and Bigin, and an OAuth client.
import { join } from 'node:path';
import { tandem } from '../../browser/support/office.mjs';
import { freePort, makeFolder, startProgram } from '../../browser/support/processes.mjs';

const binary = process.env.TANDEM_BINARY ?? new URL('../../../build/release/tandem', import.meta.url).pathname;

/** Makes and serves it. `oauth` holds client_id, client_secret and refresh_token, `folder` a place for what clients keep. */
export async function startDemoCompany() {
  const folder = makeFolder();
  const port = await freePort();
  const at = ['--data', join(folder.path, 'data'), '--listen', `127.0.0.1:${port}`];
  const company = JSON.parse(tandem('demo', '--json', ...at));
  const program = await startProgram(binary, ['serve', ...at], { port, log: join(folder.path, 'log') });
  return {
    address: `http://127.0.0.1:${port}`,
    folder: folder.path,
    oauth: company.oauth,
    administrator: company.users[0],
    async stop() {
      await program.stop();
      folder.remove();
    },
  };
}
