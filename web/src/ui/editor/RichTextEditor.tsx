import Image from '@tiptap/extension-image';
import Placeholder from '@tiptap/extension-placeholder';
import { EditorContent, useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useEffect, useRef } from 'react';
import classes from './RichTextEditor.module.css';
import { EditorToolbar } from './EditorToolbar';

export interface RichTextEditorProps {
  label: string;
  /** What stands in it at first. To put other text in, give the editor another `key`. */
  html: string;
  /** The text after each change; '' when nothing is written. */
  onChange: (html: string) => void;
  placeholder?: string;
  autofocus?: boolean;
  /** Files that were pasted or dropped. Pictures are shown with `insertImage` once they have an address. */
  onFiles?: (files: File[], insertImage: InsertImage) => void;
  /** Ctrl+Enter. */
  onSubmit?: () => void;
  /** No frame of its own, for a composer that has one. */
  bare?: boolean;
}

export type InsertImage = (address: string, name: string) => void;

/** Rich text as mails carry it: paragraphs, lists, quotes, links and pictures. */
export function RichTextEditor(props: RichTextEditorProps) {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ heading: false, horizontalRule: false, link: { openOnClick: false, autolink: true, defaultProtocol: 'https' } }),
      Image.configure({ inline: true }),
      Placeholder.configure({ placeholder: props.placeholder ?? '' }),
    ],
    content: props.html,
    autofocus: props.autofocus ? 'start' : false,
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': props.label, class: classes.text ?? '' },
      handleKeyDown: (_, event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !latest.current.onSubmit) return false;
        latest.current.onSubmit();
        return true;
      },
      handlePaste: (_, event) => takeFiles(event.clipboardData?.files),
      handleDrop: (_, event) => {
        if (!takeFiles(event.dataTransfer?.files)) return false;
        event.preventDefault();
        return true;
      },
    },
    onUpdate: ({ editor: changed }) => latest.current.onChange(changed.isEmpty ? '' : changed.getHTML()),
  });
  const takeFiles = (list: FileList | undefined): boolean => {
    const files = [...(list ?? [])];
    const { onFiles } = latest.current;
    if (files.length === 0 || !onFiles) return false;
    onFiles(files, (src, alt) => editor.chain().focus().setImage({ src, alt }).run());
    return true;
  };
  return (
    <div className={classes.editor} data-bare={props.bare || undefined}>
      <EditorContent editor={editor} className={classes.scroll} />
      <EditorToolbar editor={editor} />
    </div>
  );
}
