// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { ListSearch } from './ListSearch';
import { show, speakEnglish } from './test_screen';

beforeAll(speakEnglish);
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A list whose words stand in the address, which the back button takes back. */
function List() {
  const [steps, setSteps] = useState<(string | null)[]>([null]);
  const words = steps.at(-1) ?? null;
  return (
    <>
      <ListSearch label="Search" words={words} onSearch={(next) => setSteps((before) => [...before, next])} />
      <button onClick={() => setSteps((before) => before.slice(0, -1))}>Back</button>
      <output>{words ?? 'everything'}</output>
    </>
  );
}
const box = () => screen.getByRole<HTMLInputElement>('searchbox');
const type = (text: string) => fireEvent.change(box(), { target: { value: text } });
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const found = () => screen.getByRole('status').textContent;

it('A list is narrowed by what is typed, once nothing more is typed', () => {
  show(<List />);
  type('a');
  pass(200);
  type('ab ');
  expect(found()).toBe('everything');
  pass(300);
  expect(found()).toBe('ab');
  expect(box().value).toBe('ab ');
});

it('Words that are cleared before they were searched for narrow nothing', () => {
  show(<List />);
  type('abc');
  fireEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
  pass(1_000);
  expect(box().value).toBe('');
  expect(found()).toBe('everything');
});

it('The box says what the list is narrowed by, also when one goes back, and what waits is given up', () => {
  show(<List />);
  type('abc');
  pass(300);
  type('abcd');
  pass(100);
  expect(found()).toBe('abc');
  fireEvent.click(screen.getByRole('button', { name: 'Back' }));
  expect(box().value).toBe('');
  pass(1_000);
  expect(found()).toBe('everything');
  expect(box().value).toBe('');
});
