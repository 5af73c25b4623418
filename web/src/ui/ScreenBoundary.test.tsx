import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, Link } from 'react-router';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ScreenBoundary } from './ScreenBoundary';

beforeEach(() => {
  const never = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.defineProperty(window, 'matchMedia', { value: () => never, configurable: true });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

let is_broken = true;
const cache = new QueryClient();

function Screen() {
  if (is_broken) throw new Error('A fault of ours');
  return <p>The screen</p>;
}

function show() {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  is_broken = true;
  render(
    <MantineProvider>
      <QueryClientProvider client={cache}>
        <MemoryRouter>
          <Link to="/elsewhere">Elsewhere</Link>
          <ScreenBoundary><Screen /></ScreenBoundary>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it('A fault in a screen leaves what stands around it, and trying again shows the screen', () => {
  show();
  expect(screen.getByRole('link', { name: 'Elsewhere' })).toBeTruthy();
  expect(screen.getByRole('alert')).toBeTruthy();
  is_broken = false;
  cache.setQueryData(['what the screen had read'], 'broken');
  fireEvent.click(screen.getByRole('button'));
  expect(screen.getByText('The screen')).toBeTruthy();
  expect(cache.getQueryData(['what the screen had read'])).toBeUndefined();
});

it('Going elsewhere leaves the fault behind', () => {
  show();
  is_broken = false;
  fireEvent.click(screen.getByRole('link', { name: 'Elsewhere' }));
  expect(screen.getByText('The screen')).toBeTruthy();
});
