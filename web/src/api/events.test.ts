import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openEvents } from './events';

class FakeSource extends EventTarget {
  static last: FakeSource | null = null;
  static readonly OPEN = 1;
  readonly readyState = 1;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    FakeSource.last = this;
  }
  close() {}
}

const listeners = { onChange: vi.fn(), onRights: vi.fn(), onState: vi.fn(), onBreak: vi.fn(), onGap: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  vi.stubGlobal('EventSource', FakeSource);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('A stream that ends says so each time, for the session may be over, and is opened again', () => {
  const close = openEvents('1', listeners);
  const first = FakeSource.last;
  first?.dispatchEvent(new Event('hello'));
  expect(listeners.onBreak).not.toHaveBeenCalled();
  first?.onerror?.();
  expect(listeners.onBreak).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(FakeSource.last).not.toBe(first);
  FakeSource.last?.onerror?.();
  expect(listeners.onBreak).toHaveBeenCalledTimes(2);
  close();
});

it('A stream that its screen has closed asks for nothing', () => {
  const close = openEvents('1', listeners);
  close();
  FakeSource.last?.onerror?.();
  expect(listeners.onBreak).not.toHaveBeenCalled();
});
