import { describe, expect, it } from 'vitest';
import { cleanMail, frame_sandbox, mailDocument, paintsItself } from './mail_document';

const colours = { text: '#111', dim: '#555', link: '#00f', ground: '#fff', border: '#ccc', scheme: 'light' } as const;

describe('the frame of a mail', () => {
  it('never lets a script run', () => {
    expect(frame_sandbox).not.toContain('allow-scripts');
    expect(mailDocument('<p>x</p>', colours)).toContain("default-src 'none'");
  });
  it('takes scripts, handlers, forms, frames and policies of the mail away', () => {
    const clean = cleanMail(
      '<script>1</script><img src="x" onerror="1"><form action="/native"><input></form><iframe src="/"></iframe><meta http-equiv="refresh" content="0"><a href="javascript:1">x</a><base href="//evil.example">',
    );
    expect(clean).not.toMatch(/script|onerror|form|iframe|meta|base|javascript/);
  });
  it('opens links in a window that knows nothing of ours', () => {
    expect(cleanMail('<a href="https://example.com" target="_top">x</a>')).toBe(
      '<a href="https://example.com" target="_blank" rel="noopener noreferrer">x</a>',
    );
  });
  it('keeps parked pictures parked', () => {
    expect(cleanMail('<img data-remote-src="https://example.com/a.png">')).toBe('<img data-remote-src="https://example.com/a.png">');
  });
});

describe('paintsItself', () => {
  it('knows newsletters from letters', () => {
    expect(paintsItself('<table bgcolor="#fff"></table>')).toBe(true);
    expect(paintsItself('<p style="color: red">x</p>')).toBe(true);
    expect(paintsItself('<p>My favourite color: red</p>')).toBe(false);
    expect(paintsItself('<p>Hello <b>you</b></p>')).toBe(false);
  });
});
