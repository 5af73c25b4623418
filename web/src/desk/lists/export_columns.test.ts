import { expect, test } from 'vitest';
import { allColumns, shownColumns } from './export_columns';

test('the whole name of a contact is exported as the title', () => {
  expect(shownColumns([{ name: 'name', label: 'Name' }, { name: 'email', label: 'E-mail' }])).toEqual([
    { field: 'title', label: 'Name' }, { field: 'email', label: 'E-mail' },
  ]);
});

test('all fields stand between the id and the stamps', () => {
  const module = { name: 'accounts', label: 'Account', label_plural: 'Accounts', title_field: 'name', may: [], fields: [] };
  expect(allColumns(module, (field) => field.label, [{ field: 'created_at', label: 'Created' }]).map((each) => each.field)).toEqual(['id', 'created_at']);
});
