import type { Editor } from '@tiptap/react';
import { useEffect, useRef } from 'react';
import type { ReplyDraft } from '@/api';
import type { Letter } from './letter';
import { placeSignature } from './signature';

interface Signing {
  letter: Letter;
  /** What the server proposes for this letter, once it is known. */
  proposal: ReplyDraft | null;
  /** The editor of this letter, once it is there. */
  editor: Editor | null;
  sign: (signature: string, place: (html: string) => string) => void;
}

/** Lets a new mail begin with the signature. Who is writing already goes on above it. */
export function useSignature({ letter, proposal, editor, sign }: Signing): void {
  const latest = useRef(sign);
  useEffect(() => {
    latest.current = sign;
  });
  const is_unsigned = letter.kind !== 'comment' && letter.signature === null;
  const signature = proposal?.signature_html ?? null;
  useEffect(() => {
    if (!is_unsigned || signature === null || editor === null || editor.isDestroyed) return;
    latest.current(signature, (html) => (signature === '' ? html : placeSignature(editor, signature)));
  }, [is_unsigned, signature, editor]);
}
