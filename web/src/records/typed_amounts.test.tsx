// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Field } from '@/api';
import { FieldInput } from '@/fields';
import { FormatProvider } from '@/ui';
import { show, speakEnglish } from './test_screen';

beforeAll(speakEnglish);
afterEach(cleanup);

const amount: Field = {
  name: 'amount', label: 'Amount', kind: 'money', scale: 2, required: false, unique: false, searchable: false, sortable: true, read_only: false, custom: false,
};

/** What the server is sent when somebody who reads this language types this. */
function sentFor(locale: string, typed: string): unknown {
  let sent: unknown;
  show(
    <FormatProvider locale={locale} time_zone="UTC">
      <FieldInput module="deals" field={amount} label="Amount" value={null} onChange={(value) => { sent = value; }} />
    </FormatProvider>,
  );
  fireEvent.change(screen.getByLabelText('Amount'), { target: { value: typed } });
  cleanup();
  return sent;
}

it('An amount is typed as the language writes it, with or without groups', () => {
  expect(sentFor('en', '12,500.50')).toBe('12500.50');
  expect(sentFor('en', '12500.5')).toBe('12500.5');
  expect(sentFor('pt-BR', '12.500,50')).toBe('12500.50');
  expect(sentFor('ja', '12,500')).toBe('12500');
});

it('What another language would write is not cut to a smaller amount: the server refuses it as too precise', () => {
  expect(sentFor('en', '12.500,50')).toBe('12.50050');
});
