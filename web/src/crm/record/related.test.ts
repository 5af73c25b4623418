import { expect, it } from 'vitest';
import type { Field, Module } from '@/api';
import { relationsOf } from './related';

const link = (name: string, link_to: string): Field => ({
  name, label: name, kind: 'link', link_to, required: false, unique: false, searchable: false, sortable: false, read_only: false, custom: false,
});
const module = (name: string, fields: Field[], may = ['read']): Module => ({ name, label: name, label_plural: name, title_field: 'name', may, fields });

it('What names a contact is listed with it: deals and colleagues, and activities apart', () => {
  const modules = [
    module('leads', [link('converted_contact', 'contacts')]),
    module('contacts', [link('reports_to', 'contacts'), link('account', 'accounts'), link('merged_into', 'contacts')]),
    module('deals', [link('contact', 'contacts')]),
    module('tasks', [link('contact', 'contacts')]),
    module('calls', [link('contact', 'contacts')], []),
  ];
  expect(relationsOf('contacts', modules)).toEqual({
    lists: [{ module: 'deals', field: 'contact' }, { module: 'contacts', field: 'reports_to' }],
    activities: [{ module: 'tasks', field: 'contact' }],
  });
});
