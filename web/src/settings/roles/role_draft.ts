// A role that is being changed and not saved. It is kept for the tab, so that looking elsewhere costs nothing.

import { keep, recallJson } from '@/api';
import type { Role } from '@/api';

const memory_key = 'tandem.role';

interface KeptDraft {
  /** The role as it was when the draft was begun: a draft over another one would undo what others did. */
  base: string;
  draft: Role;
}

/** Of one person, so that nobody who signs in after them saves it. */
const draftKey = (person: string, role: Role) => `${memory_key}.${person}.${role.id}`;

export function keepRoleDraft(person: string, role: Role, draft: Role): void {
  const base = JSON.stringify(role);
  keep('tab', draftKey(person, role), JSON.stringify(draft) === base ? null : JSON.stringify({ base, draft }));
}

/** The person's draft of this very role, or the role itself. */
export function recallRoleDraft(person: string, role: Role): Role {
  const value = recallJson('tab', draftKey(person, role));
  return isKept(value) && value.base === JSON.stringify(role) ? value.draft : role;
}

function isKept(value: unknown): value is KeptDraft {
  return typeof value === 'object' && value !== null && 'base' in value && 'draft' in value;
}
