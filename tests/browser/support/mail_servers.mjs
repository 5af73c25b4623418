// Real mail servers on free ports of loopback: Dovecot for IMAP, OpenSMTPD for SMTP. They need root, as in
// tests/support/mail_servers.cpp, and Debian's dovecot-imapd and opensmtpd.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, makeFolder, startProgram, until } from './processes.mjs';

const nobody = { uid: numberOf('-u'), gid: numberOf('-g') };

function numberOf(flag) {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}

function giveToNobody(path) {
  chownSync(path, nobody.uid, nobody.gid);
}

function readMaildir(box) {
  const files = ['new', 'cur'].flatMap((part) => {
    const folder = join(box, part);
    return existsSync(folder) ? readdirSync(folder).map((name) => ({ name, path: join(folder, name) })) : [];
  });
  files.sort((one, other) => one.name.localeCompare(other.name));
  return files.map(({ path }) => readFileSync(path, 'latin1'));
}

/** An IMAP server with mailboxes for `users`, each with the password "secret". */
export async function startImapServer(users) {
  const folder = makeFolder();
  const port = await freePort();
  const root = folder.path;
  for (const user of users) {
    for (const path of ['new', 'cur', 'tmp'].map((part) => join(root, 'mail', user, part))) {
      mkdirSync(path, { recursive: true });
      giveToNobody(path);
    }
    giveToNobody(join(root, 'mail', user));
    mkdirSync(join(root, 'home', user), { recursive: true });
    giveToNobody(join(root, 'home', user));
  }
  writeFileSync(join(root, 'users'), users.map((user) => `${user}:{PLAIN}secret\n`).join(''));
  writeFileSync(join(root, 'dovecot.conf'), `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
auth_failure_delay = 0
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${root}/mail/%u
mail_fsync = never
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${root}/users
}
userdb {
  driver = static
  args = uid=${nobody.uid} gid=${nobody.gid} home=${root}/home/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`);
  const words = ['-F', '-c', join(root, 'dovecot.conf')];
  const program = await startProgram('/usr/sbin/dovecot', words, { port, log: join(root, 'dovecot.log'), greets: true });
  let delivered = 0;
  return {
    port,
    /** Puts a mail into the INBOX of `user`, as a delivery agent does. */
    deliver(user, raw) {
      delivered += 1;
      const name = `${Date.now()}.${String(delivered).padStart(6, '0')}.journey`;
      const box = join(root, 'mail', user);
      writeFileSync(join(box, 'tmp', name), raw);
      giveToNobody(join(box, 'tmp', name));
      renameSync(join(box, 'tmp', name), join(box, 'new', name));
    },
    async stop() {
      await program.stop();
      folder.remove();
    },
  };
}

/** An SMTP server that takes every mail and keeps it by recipient. One at a time on a machine. */
export async function startSmtpServer() {
  const folder = makeFolder();
  const port = await freePort();
  const boxes = join(folder.path, 'box');
  mkdirSync(boxes);
  giveToNobody(boxes);
  // A name of its own in each run: what a killed run left in the queue is not delivered to this one.
  const action = `keep_${process.pid}_${port}`;
  const box = `${boxes}/%{rcpt.user:lowercase}@%{rcpt.domain:lowercase}`;
  writeFileSync(join(folder.path, 'smtpd.conf'), `
table everyone { "@" = "nobody" }
listen on 127.0.0.1 port ${port} hostname localhost
action "${action}" maildir "${box}" virtual <everyone>
match from any for any action "${action}"
`);
  const words = ['-d', '-f', join(folder.path, 'smtpd.conf')];
  const program = await startProgram('/usr/sbin/smtpd', words, { port, log: join(folder.path, 'log'), greets: true });
  const mails = (recipient) => readMaildir(join(boxes, recipient));
  return {
    port,
    mails,
    everything: () => readdirSync(boxes).flatMap(mails),
    /** The mails of a recipient (lower case), once there are `count`. */
    waitForMails: (recipient, count) =>
      until(`${count} mails for ${recipient}`, () => mails(recipient).length >= count && mails(recipient)),
    async stop() {
      await program.stop();
      folder.remove();
    },
  };
}
