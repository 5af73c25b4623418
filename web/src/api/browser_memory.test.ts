import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keep, recall, recallJson } from './browser_memory';
import type { Memory } from './browser_memory';

const memories: Memory[] = ['tab', 'browser'];
beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});
afterEach(() => vi.restoreAllMocks());

it.each(memories)('What a %s keeps is there again until it is forgotten', (memory) => {
  keep(memory, 'x', '{"a":1}');
  expect(recall(memory, 'x')).toBe('{"a":1}');
  expect(recallJson(memory, 'x')).toEqual({ a: 1 });
  keep(memory, 'x', null);
  expect(recall(memory, 'x')).toBeNull();
  expect(recallJson(memory, 'x')).toBeNull();
});

it('What is no JSON is as if it were not there', () => {
  keep('tab', 'x', '{');
  expect(recallJson('tab', 'x')).toBeNull();
});

it.each(memories)('A %s whose memory is full keeps nothing, and no screen hears of it', (memory) => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  keep(memory, 'x', 'text');
  expect(recall(memory, 'x')).toBeNull();
});

it.each([['tab', 'sessionStorage'], ['browser', 'localStorage']] as const)('A %s whose memory is forbidden shows its screens all the same', (memory, store) => {
  vi.spyOn(window, store, 'get').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  keep(memory, 'x', 'text');
  expect(recall(memory, 'x')).toBeNull();
  expect(recallJson(memory, 'x')).toBeNull();
});
