import type { Editor } from '@tiptap/react';

// A new mail begins with the signature of its writer, below the cursor. It is a part of the text from then on, and
// alone it is no text: it neither makes a draft nor can it be sent as an answer.

/** Whether a text is empty but for the signature that it began with. */
export function saysNothing(html: string, signature: string | null = null): boolean {
  if (html.trim() === '') return true;
  return signature !== null && signature !== '' && essence(html) === essence(signature);
}

/** What is to be read and seen in it, however it is spaced and marked up. */
function essence(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const pictures = [...body.querySelectorAll('img')].map((picture) => picture.getAttribute('src'));
  return [body.textContent.replace(/\s/gu, ''), ...pictures].join('\n');
}

/** Puts the signature below what is written, and leaves the cursor where it is. Answers the whole text. */
export function placeSignature(editor: Editor, signature: string): string {
  // It is neither the writer's change, nor theirs to undo.
  editor.chain().setMeta('preventUpdate', true).setMeta('addToHistory', false)
    .insertContentAt(editor.state.doc.content.size, inParagraphs(signature), { updateSelection: false }).run();
  return editor.getHTML();
}

/** Words that stand in no paragraph are one. */
function inParagraphs(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const is_parted = [...body.childNodes].every((part) => ['P', 'UL', 'OL', 'BLOCKQUOTE', 'PRE', 'HR'].includes(part.nodeName));
  return is_parted ? html : `<p>${html}</p>`;
}

/** Puts the cursor at the end of what stands above the signature, when it is still there. */
export function goAboveSignature(editor: Editor, signature: string): void {
  const { doc } = editor.state;
  let below = '';
  let place = doc.content.size;
  for (let index = doc.childCount - 1; index >= 0; index -= 1) {
    const part = doc.child(index);
    place -= part.nodeSize;
    below = part.textContent + below;
    if (!sameText(below, signature)) continue;
    let end = 0;
    doc.nodesBetween(0, place, (node, at) => {
      if (node.isTextblock) end = at + node.nodeSize - 1;
    });
    editor.commands.setTextSelection(end);
    return;
  }
}

function sameText(text: string, html: string): boolean {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const words = text.replace(/\s/gu, '');
  return words !== '' && words === body.textContent.replace(/\s/gu, '');
}
