import { describe, expect, it } from 'vitest';
import type { RecordData } from '@/api';
import { allowing, needsOfField } from './bulk_acts';

function ticket(id: string, ...may: string[]): RecordData {
  return { id, module: 'tickets', title: id, revision: '1', custom: {}, may };
}

const own = ticket('own', 'update', 'change_status', 'assign', 'move', 'comment', 'reply', 'delete');
const full = ticket('full', 'update', 'change_status', 'take', 'comment', 'reply');
const read_only = ticket('read_only', 'comment');
const chosen = [own, full, read_only];
const ids = (tickets: RecordData[]) => tickets.map(({ id }) => id);

describe('allowing', () => {
  it('leaves out what was shared for reading, and what may not be moved from here', () => {
    expect(ids(allowing(chosen, needsOfField('priority')))).toEqual(['own', 'full']);
    expect(ids(allowing(chosen, needsOfField('owner')))).toEqual(['own', 'full']);
    expect(ids(allowing(chosen, needsOfField('department')))).toEqual(['own']);
    expect(ids(allowing(chosen, [['delete']]))).toEqual(['own']);
  });
});
