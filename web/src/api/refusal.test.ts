import { expect, it } from 'vitest';
import { faultsByField, refusalFrom } from './refusal';

it('A refusal names its fields, the first fault of each winning', () => {
  const refusal = refusalFrom(422, {
    error: {
      kind: 'invalid', code: 'required', message: 'Give a subject.', field: 'subject',
      faults: [
        { field: 'subject', code: 'required', message: 'Give a subject.' },
        { field: 'subject', code: 'too_long', message: 'Shorter.' },
        { field: 'due_at', code: 'past', message: 'Later.' },
      ],
    },
  }, null);
  expect([...faultsByField(refusal)].map(([field, fault]) => [field, fault.code])).toEqual([['subject', 'required'], ['due_at', 'past']]);
});

it('An answer without our envelope is still a refusal of the right kind', () => {
  const refusal = refusalFrom(503, null, '7');
  expect([refusal.kind, refusal.retry_after_seconds]).toEqual(['busy', 7]);
});
