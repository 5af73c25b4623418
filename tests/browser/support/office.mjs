// A company of its own for each file of journeys: set up by the program, served by the program.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, makeFolder, startProgram, until } from './processes.mjs';

const binary = process.env.TANDEM_BINARY ?? new URL('../../../build/release/tandem', import.meta.url).pathname;

export const ada = { email: 'ada@example.com', name: 'Ada Byron', password: 'engine of analysis' };

/** Runs the program once and gives what it printed. */
export function tandem(...words) {
  return execFileSync(binary, words, { encoding: 'utf8' });
}

/** Makes and serves a company whose administrator, Ada, has an open invitation: to Desk, or to the application named. */
export async function startOffice({ smtp, app } = {}) {
  const folder = makeFolder();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const data = join(folder.path, 'data');
  const listen = `127.0.0.1:${port}`;
  const config = join(folder.path, 'tandem.toml');
  const smtp_part = smtp ? `[smtp]\nhost = "127.0.0.1"\nport = ${smtp.port}\nsecurity = "none"\n` : '';
  writeFileSync(config, `data = "${data}"\nlisten = "${listen}"\nbase_url = "${address}"\nallowed_networks = ["127.0.0.0/8", "::1"]\n${smtp_part}`);
  const said = tandem('setup', '--config', config, '--company', 'Acme', '--email', ada.email, '--name', ada.name, ...(app ? ['--app', app] : []));
  const invitation = /http:\S+/.exec(said)[0];
  const log = join(folder.path, 'log');
  const serve = () => startProgram(binary, ['serve', '--config', config], { port, log });
  let program = await serve();
  return {
    address, config, data, invitation,
    log: () => readFileSync(log, 'utf8'),
    /** The link in the newest mail of the outbox that went to `email`. */
    linkFor: (email) => until(`a mail to ${email} in the outbox`, () => linkIn(join(data, 'outbox'), email)),
    async restart() {
      await program.stop();
      program = await serve();
    },
    async stop() {
      await program.stop();
      folder.remove();
    },
  };
}

function linkIn(outbox, email) {
  if (!existsSync(outbox)) return null;
  const mails = readdirSync(outbox).sort().map((name) => readFileSync(join(outbox, name), 'latin1'));
  const mail = mails.findLast((each) => each.includes(email));
  return mail ? linkInMail(mail) : null;
}

/** The link of a mail of ours, from its plain text. */
export function linkInMail(mail) {
  const text = mail.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
  return /http:\/\/127\.0\.0\.1:\d+\/[\w/-]+/.exec(text)?.[0] ?? null;
}
