// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Field, Module } from '@/api';
import { BulkFieldDialog } from './BulkFieldDialog';
import { RecordFormDialog } from './RecordFormDialog';
import { show, speakEnglish } from './test_screen';

beforeAll(speakEnglish);
afterEach(cleanup);

const field = (name: string, label: string, kind: Field['kind']): Field => ({
  name, label, kind, required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: true,
});
const module: Module = {
  name: 'visits', label: 'Visit', label_plural: 'Visits', title_field: 'subject', may: ['create', 'update'],
  fields: [field('subject', 'Subject', 'text'), field('ends_on', 'Ends on', 'date'), field('begins_at', 'Begins at', 'instant')],
};

/** A browser tells such an input as empty, and that its content is none; jsdom knows nothing of the latter. */
function typeHalf(label: string): HTMLElement {
  const input = screen.getByLabelText(label);
  Object.defineProperty(input, 'validity', { value: { badInput: true }, configurable: true });
  return input;
}

it.each([['Ends on', 'Give a day such as 2026-11-04.'], ['Begins at', 'Give a day and a time.']])(
  'A form asks for the missing part of "%s" and sends nothing', (label, words) => {
    const onSubmit = vi.fn(() => Promise.resolve());
    show(<RecordFormDialog module={module} title="New visit" submit_label="Create" is_open onClose={() => undefined} onSubmit={onSubmit} />);
    fireEvent.change(screen.getByLabelText('Subject'), { target: { value: 'Audit' } });
    const input = typeHalf(label);
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    expect(screen.getByText(words)).toBeTruthy();
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(onSubmit).not.toHaveBeenCalled();
  },
);

it('A day of which a part is missing empties no field of the chosen records', () => {
  const onSubmit = vi.fn(() => Promise.resolve());
  show(<BulkFieldDialog module={module} count={200} onClose={() => undefined} onSubmit={onSubmit} />);
  fireEvent.click(screen.getByRole('combobox', { name: 'Field' }));
  fireEvent.click(screen.getByRole('option', { name: 'Ends on' }));
  const input = typeHalf('Ends on');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(screen.getByText('Give a day such as 2026-11-04.')).toBeTruthy();
  expect(onSubmit).not.toHaveBeenCalled();
  Object.defineProperty(input, 'validity', { value: { badInput: false }, configurable: true });
  fireEvent.change(input, { target: { value: '2026-11-04' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(onSubmit).toHaveBeenCalledWith(module.fields[1], '2026-11-04');
});
