import type { Editor } from '@tiptap/react';
import type { ReactNode } from 'react';
import type { ReplyTemplate } from '@/api';
import { useText } from '@/i18n';
import { TemplateLine } from './TemplateButton';
import { typedTemplate, useReplyTemplates } from './templates';
import { TypedMenu } from './TypedMenu';
import type { TypedRange } from './TypedMenu';

interface TemplateTypingProps {
  ticket: string;
  editor: Editor | null;
  onInsert: (template: ReplyTemplate, typed: TypedRange) => void;
  children: ReactNode;
}

/** Offers reply templates while somebody types / and a part of a name. */
export function TemplateTyping({ ticket, editor, onInsert, children }: TemplateTypingProps) {
  const { t } = useText();
  const { find, keyOf } = useReplyTemplates(ticket);
  return (
    <TypedMenu
      label={t('reply_template.title')} editor={editor} typedIn={typedTemplate} keyOf={keyOf} find={find}
      show={(template) => <TemplateLine template={template} />} onTake={onInsert}
    >
      {children}
    </TypedMenu>
  );
}
