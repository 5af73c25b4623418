import { expect, test } from 'vitest';
import { allColumns, chosenColumns, columnChoices, shownColumns } from './export_columns';

const column = (name: string) => ({ name, label: name.toUpperCase() });
const field = (name: string) => ({ field: name, label: name.toUpperCase() });
const of_tickets = ['id', 'subject', 'number', 'contact', 'account', 'status'].map(field);

test('the whole name of a contact is exported as the title', () => {
  expect(shownColumns([{ name: 'name', label: 'Name' }, { name: 'email', label: 'E-mail' }], [])).toEqual([
    { field: 'title', label: 'Name' }, { field: 'email', label: 'E-mail' },
  ]);
});

test('number, contact and account, which stand in the cell of the subject, get columns of their own', () => {
  const fields = shownColumns(['subject', 'status'].map(column), of_tickets).map((each) => each.field);
  expect(fields).toEqual(['number', 'subject', 'contact', 'account', 'status']);
});

test('what is shown in a column of its own is not exported twice, and a hidden field not at all', () => {
  const fields = shownColumns(['contact', 'subject'].map(column), of_tickets.filter((each) => each.field !== 'account')).map((each) => each.field);
  expect(fields).toEqual(['contact', 'number', 'subject']);
});

test('columns are exported as they were chosen', () => {
  const shown = [{ field: 'title', label: 'Name' }];
  expect(columnChoices(shown, of_tickets).map((each) => each.field)).toEqual(['title', ...of_tickets.map((each) => each.field)]);
  expect(chosenColumns(['status', 'title'], shown, of_tickets)).toEqual([field('status'), { field: 'title', label: 'Name' }]);
});

test('all fields stand between the id and the stamps', () => {
  const module = { name: 'accounts', label: 'Account', label_plural: 'Accounts', title_field: 'name', may: [], fields: [] };
  expect(allColumns(module, (each) => each.label, [{ field: 'created_at', label: 'Created' }]).map((each) => each.field)).toEqual(['id', 'created_at']);
});
