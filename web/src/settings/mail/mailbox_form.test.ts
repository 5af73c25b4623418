import { expect, it } from 'vitest';
import type { MailServer } from '@/api';
import { needsPasswordAgain } from './mailbox_form';

const saved: MailServer = { host: 'mail.example.com', port: 993, security: 'tls', user: 'support', has_password: true, folder: 'INBOX' };

it.each<Partial<MailServer>>([{ host: 'other.example.com' }, { port: 143 }, { security: 'none' }, { user: 'sales' }])(
  'A stored password must be typed again with %o', (changes) => {
    expect(needsPasswordAgain({ ...saved, ...changes }, saved)).toBe(true);
  },
);

it.each<Partial<MailServer>>([{}, { folder: 'Support' }, { host: '' }, { user: '' }])(
  'A stored password is not asked for with %o', (changes) => {
    expect(needsPasswordAgain({ ...saved, ...changes }, saved)).toBe(false);
  },
);

it('Where no password is stored, none is asked for again', () => {
  expect(needsPasswordAgain({ ...saved, port: 143 }, undefined)).toBe(false);
  expect(needsPasswordAgain({ ...saved, port: 143 }, { ...saved, has_password: false })).toBe(false);
});
