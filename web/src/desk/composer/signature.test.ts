import { Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { describe, expect, it } from 'vitest';
import { goAboveSignature, placeSignature, saysNothing } from './signature';

function editorWith(html: string): Editor {
  return new Editor({ element: document.createElement('div'), extensions: [StarterKit], content: html });
}

describe('placeSignature', () => {
  it('puts it below the cursor, which stays in the empty line above', () => {
    const editor = editorWith('');
    expect(placeSignature(editor, '<p>Ana</p><p>Support</p>')).toBe('<p></p><p>Ana</p><p>Support</p>');
    editor.commands.insertContent('Hello');
    expect(editor.getHTML()).toBe('<p>Hello</p><p>Ana</p><p>Support</p>');
  });
  it('puts it below what is typed already, and undoing takes the words alone back', () => {
    const editor = editorWith('');
    editor.commands.insertContent('Hel');
    placeSignature(editor, '<p>Ana</p>');
    editor.commands.insertContent('lo');
    expect(editor.getHTML()).toBe('<p>Hello</p><p>Ana</p>');
    editor.commands.undo();
    expect(editor.getHTML()).toContain('<p>Ana</p>');
  });
  it('makes a paragraph of bare words', () => {
    expect(placeSignature(editorWith(''), 'Ana <strong>Lima</strong>')).toBe('<p></p><p>Ana <strong>Lima</strong></p>');
  });
});

describe('goAboveSignature', () => {
  it('goes on behind the text', () => {
    const editor = editorWith('<p>Hello</p><ul><li><p>One</p></li></ul><p>Ana</p><p>Support</p>');
    goAboveSignature(editor, '<p>Ana</p><p>Support</p>');
    editor.commands.insertContent('!');
    expect(editor.getHTML()).toContain('<p>One!</p>');
  });
  it('stays where the signature was changed', () => {
    const editor = editorWith('<p>Hello</p><p>Best, Ana</p>');
    editor.commands.setTextSelection(1);
    goAboveSignature(editor, '<p>Ana</p>');
    expect(editor.state.selection.from).toBe(1);
  });
});

describe('saysNothing', () => {
  it('reads past the signature, however it is spaced', () => {
    expect(saysNothing('')).toBe(true);
    expect(saysNothing('<p></p><p>Ana Lima</p>', '<p>Ana <strong>Lima</strong></p>')).toBe(true);
    expect(saysNothing('<p>Yes</p><p>Ana</p>', '<p>Ana</p>')).toBe(false);
    expect(saysNothing('<p><img src="/a.png"></p><p>Ana</p>', '<p>Ana</p>')).toBe(false);
  });
  it('takes nothing for a signature where there is none', () => {
    expect(saysNothing('<p>Yes</p>', '')).toBe(false);
    expect(saysNothing('<p>Yes</p>')).toBe(false);
  });
});
