// Child processes and temporary folders of the journeys; both go when the journey ends.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, chmodSync, closeSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const start_ms_max = 20_000;
const stop_ms_max = 8_000;
const pause_ms = 25;

/** Asks until the answer is something, and throws with `what` when it never is. */
export async function until(what, ask, ms_max = 20_000) {
  const deadline = Date.now() + ms_max;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${ms_max} ms in vain: ${what}`);
    await pause(pause_ms);
  }
}

// Each process of tests looks in a stretch of its own, below the ports that the system gives to outgoing connections, so that
// nobody takes a port between its being found and being used.
const first_port = 10_000;
const ports_each = 40;
const stretches = 550;
let next_port = first_port + (process.pid % stretches) * ports_each;

/** A TCP port of loopback that nobody listens on. */
export function freePort() {
  const port = next_port++;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}

/** A folder that others may read, for mail servers give up their rights. */
export function makeFolder() {
  const path = mkdtempSync(join(tmpdir(), 'tandem-browser-'));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Starts a program and waits until its port answers. `greets`: the server speaks first. */
export async function startProgram(command, words, { port, log, greets = false }) {
  const output = openSync(log, 'a');
  const child = spawn(command, words, { stdio: ['ignore', output, output] });
  closeSync(output);
  running.add(child);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then(() => running.delete(child));
  const isUp = () => {
    if (child.exitCode !== null) throw new Error(`${command} ended:\n${readFileSync(log, 'utf8')}`);
    return answers(port, greets);
  };
  await until(`${command} on port ${port}:\n${readFileSync(log, 'utf8')}`, isUp, start_ms_max);
  return {
    async stop() {
      const timer = setTimeout(() => child.kill('SIGKILL'), stop_ms_max);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(timer);
    },
  };
}

function answers(port, greets) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once(greets ? 'data' : 'connect', () => end(true));
  });
}
