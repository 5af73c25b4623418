import { expect, it } from 'vitest';
import { beforeSignOut, finishBeforeSignOut } from './leaving';

it('Signing out waits for the work that needs the session, and stays when it was not done', async () => {
  expect(await finishBeforeSignOut()).toBe(true);
  const done: string[] = [];
  const stopMail = beforeSignOut(async () => {
    await Promise.resolve();
    done.push('mail');
    return true;
  });
  const stopRefused = beforeSignOut(() => Promise.resolve(false));
  expect(await finishBeforeSignOut()).toBe(false);
  stopRefused();
  expect(await finishBeforeSignOut()).toBe(true);
  stopMail();
  expect(await finishBeforeSignOut()).toBe(true);
  expect(done).toEqual(['mail', 'mail']);
});
