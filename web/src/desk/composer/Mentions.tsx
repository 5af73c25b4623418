import type { Editor } from '@tiptap/react';
import type { ReactNode } from 'react';
import { keys, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { Avatar } from '@/ui';
import { findColleagues, typedMention } from './mentions';
import type { Colleague } from './mentions';
import { TypedMenu } from './TypedMenu';
import type { TypedRange } from './TypedMenu';

interface MentionsProps {
  /** Its colleagues are offered. */
  ticket: string;
  editor: Editor | null;
  children: ReactNode;
}

/** Offers colleagues while somebody types @ and a name. */
export function Mentions({ ticket, editor, children }: MentionsProps) {
  const { t } = useText();
  const org = useOrganisation();
  const handleTake = (colleague: Colleague, typed: TypedRange) =>
    editor?.chain().focus().deleteRange(typed)
      .insertContent([{ type: 'text', text: `@${colleague.name}`, marks: [{ type: 'bold' }] }, { type: 'text', text: ' ' }])
      .unsetBold().run();
  return (
    <TypedMenu
      label={t('desk.comment.colleagues')} editor={editor} typedIn={typedMention}
      keyOf={(text) => [...keys.record(org, 'tickets', ticket), 'mentionable', text]}
      find={(text) => findColleagues(org, ticket, text)}
      show={(person) => <><Avatar name={person.name} />{person.name}</>}
      onTake={handleTake}
    >
      {children}
    </TypedMenu>
  );
}
