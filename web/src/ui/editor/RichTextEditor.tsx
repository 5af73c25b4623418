import Image from '@tiptap/extension-image';
import Placeholder from '@tiptap/extension-placeholder';
import { EditorContent, useEditor } from '@tiptap/react';
import type { Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { EditorToolbar } from './EditorToolbar';
import classes from './RichTextEditor.module.css';

export type { Editor } from '@tiptap/react';

export interface RichTextEditorProps {
  /** Names the editor, for who hears it. */
  label: string;
  /** The text at first. Later changes of it are taken only while the editor is not focused. */
  html: string;
  /** The text as it stands; empty when there is nothing in it. */
  onChange: (html: string) => void;
  placeholder?: string;
  /** Files pasted or dropped in. */
  onFiles?: (files: File[]) => void;
  /** The editor itself, for inserting at the cursor or focusing. */
  onReady?: (editor: Editor) => void;
  /** Stands at the end of the toolbar. */
  tools?: ReactNode;
  /** Grows no further than this, in pixels, then scrolls. */
  height_max?: number;
  autofocus?: true;
}

/** Text with the formats that survive a mail. Load it lazily: it brings its own big chunk. */
export function RichTextEditor(props: RichTextEditorProps) {
  const { label, html, placeholder, tools, height_max = 360, autofocus } = props;
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ heading: false, link: { openOnClick: false, autolink: true, protocols: ['http', 'https', 'mailto'] } }),
      Image.configure({ inline: true }),
      Placeholder.configure({ placeholder: placeholder ?? '' }),
    ],
    content: html,
    autofocus: autofocus ? 'end' : false,
    immediatelyRender: true,
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      handlePaste: (_, event) => takeFiles(event.clipboardData?.files, latest.current.onFiles),
      handleDrop: (_, event) => takeFiles(event.dataTransfer?.files, latest.current.onFiles),
    },
    onUpdate: ({ editor: changed }) => latest.current.onChange(changed.isEmpty ? '' : changed.getHTML()),
    onCreate: ({ editor: made }) => latest.current.onReady?.(made),
  });
  useEffect(() => {
    if (editor.isDestroyed) return;
    const present = editor.isEmpty ? '' : editor.getHTML();
    if (!editor.isFocused && html !== present) editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, html]);
  return (
    <div className={classes.editor}>
      <EditorContent editor={editor} className={classes.text} style={{ '--height-max': `${height_max}px` }} />
      <EditorToolbar editor={editor}>{tools}</EditorToolbar>
    </div>
  );
}

/** True when there were files and somebody takes them. */
function takeFiles(files: FileList | undefined, onFiles: ((files: File[]) => void) | undefined): boolean {
  if (!files || files.length === 0 || onFiles === undefined) return false;
  onFiles([...files]);
  return true;
}
