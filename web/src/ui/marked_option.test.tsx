// @vitest-environment jsdom
import { MantineProvider, Select } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseMarked } from './marked_option';

// What jsdom has not, or another test has put there.
const lacking = {
  matchMedia: () => ({ matches: true, addEventListener() {}, removeEventListener() {} }),
  ResizeObserver: class { observe() {} unobserve() {} disconnect() {} },
};
for (const [name, value] of Object.entries(lacking)) Object.defineProperty(globalThis, name, { value, configurable: true });
Element.prototype.scrollIntoView = () => {};
afterEach(cleanup);

function list(data: string[], onChange: (value: string | null) => void) {
  return (
    <MantineProvider env="test">
      <Select label="Contact" data={data} value={null} onChange={onChange} searchable filter={({ options }) => options} onKeyDownCapture={chooseMarked} />
    </MantineProvider>
  );
}

const press = (key: string) => fireEvent.keyDown(screen.getByLabelText('Contact', { selector: 'input' }), { key, code: key });

describe('a list whose options come while a person types', () => {
  it('chooses by Enter what is marked, also when options before it went', () => {
    const chosen: (string | null)[] = [];
    const { rerender } = render(list(['Mia', 'Bea', 'Create'], (value) => chosen.push(value)));
    fireEvent.click(screen.getByLabelText('Contact', { selector: 'input' }));
    press('ArrowUp');
    rerender(list(['Create'], (value) => chosen.push(value)));
    press('Enter');
    expect(chosen).toEqual(['Create']);
  });

  it('chooses nothing when what was marked is gone', () => {
    const chosen = vi.fn();
    const { rerender } = render(list(['Mia', 'Bea'], chosen));
    fireEvent.click(screen.getByLabelText('Contact', { selector: 'input' }));
    press('ArrowDown');
    rerender(list(['Create', 'Zoe'], chosen));
    press('Enter');
    expect(chosen).not.toHaveBeenCalled();
  });
});
