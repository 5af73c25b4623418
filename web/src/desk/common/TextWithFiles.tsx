import { Skeleton } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { Suspense, lazy, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useOrganisation } from '@/api';
import { attachmentAddress } from './useUploads';
import type { Uploads } from './useUploads';

const RichTextEditor = lazy(() => import('@/ui/editor/RichTextEditor').then((part) => ({ default: part.RichTextEditor })));

interface TextWithFilesProps {
  label: string;
  html: string;
  onChange: (html: string) => void;
  uploads?: Uploads;
  placeholder?: string;
  tools?: ReactNode;
  height_max?: number;
  autofocus?: true;
  /** Ctrl+Enter. */
  onSubmit?: () => void;
  /** The editor itself, once it is there. */
  onReady?: (editor: Editor) => void;
}

/** A rich text that takes pasted and dropped files: pictures stand in the text, the rest beside it. */
export function TextWithFiles({ uploads, onSubmit, onReady, ...text }: TextWithFilesProps) {
  const org = useOrganisation();
  const editor = useRef<Editor | null>(null);
  const handleFiles = (files: File[]) =>
    uploads?.add(files, (file) =>
      editor.current?.chain().focus().setImage({ src: attachmentAddress(org, file.id, 'inline'), alt: file.name }).run());
  // Before the editor hears it: there Ctrl+Enter is a line break.
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !onSubmit) return;
    event.preventDefault();
    event.stopPropagation();
    onSubmit();
  };
  return (
    <div onKeyDownCapture={handleKeyDown}>
      <Suspense fallback={<Skeleton height={140} />}>
        <RichTextEditor
          {...text}
          onFiles={uploads === undefined ? undefined : handleFiles}
          onReady={(ready) => {
            editor.current = ready;
            onReady?.(ready);
          }}
        />
      </Suspense>
    </div>
  );
}
