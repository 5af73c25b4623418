import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconBlockquote, IconBold, IconCode, IconItalic, IconList, IconListNumbers, IconStrikethrough,
} from '@tabler/icons-react';
import { useEditorState } from '@tiptap/react';
import type { Editor } from '@tiptap/react';
import type { ReactNode } from 'react';
import { useText } from '@/i18n';
import { LinkTool } from './LinkTool';
import classes from './RichTextEditor.module.css';

const size = 16;

/** The formats, each as a button that says whether it is on. */
export function EditorToolbar({ editor, children }: { editor: Editor; children?: ReactNode }) {
  const { t } = useText();
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'), italic: now.isActive('italic'), strike: now.isActive('strike'), code: now.isActive('code'),
      bullets: now.isActive('bulletList'), numbers: now.isActive('orderedList'), quote: now.isActive('blockquote'),
    }),
  });
  const tools: { name: keyof typeof on; icon: ReactNode; run: () => void }[] = [
    { name: 'bold', icon: <IconBold size={size} />, run: () => editor.chain().focus().toggleBold().run() },
    { name: 'italic', icon: <IconItalic size={size} />, run: () => editor.chain().focus().toggleItalic().run() },
    { name: 'strike', icon: <IconStrikethrough size={size} />, run: () => editor.chain().focus().toggleStrike().run() },
    { name: 'bullets', icon: <IconList size={size} />, run: () => editor.chain().focus().toggleBulletList().run() },
    { name: 'numbers', icon: <IconListNumbers size={size} />, run: () => editor.chain().focus().toggleOrderedList().run() },
    { name: 'quote', icon: <IconBlockquote size={size} />, run: () => editor.chain().focus().toggleBlockquote().run() },
    { name: 'code', icon: <IconCode size={size} />, run: () => editor.chain().focus().toggleCode().run() },
  ];
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('ui.editor.toolbar')}>
      {tools.map((tool) => (
        <Tooltip key={tool.name} label={t(`ui.editor.${tool.name}`)}>
          <ActionIcon
            aria-label={t(`ui.editor.${tool.name}`)}
            aria-pressed={on[tool.name]}
            variant={on[tool.name] ? 'light' : 'subtle'}
            onClick={tool.run}
          >
            {tool.icon}
          </ActionIcon>
        </Tooltip>
      ))}
      <LinkTool editor={editor} />
      <span className={classes.tools}>{children}</span>
    </div>
  );
}
