import DOMPurify from 'dompurify';

// A mail of a stranger is shown in a frame of its own. What guards it, from the inside out:
// - the server has cleaned the HTML; here it is cleaned once more;
// - the document brings a policy: no script, no connection, no frame, no form; pictures from our own server alone;
// - the frame has `sandbox` without `allow-scripts`: nothing in it can run, handlers and javascript: links included;
// - `allow-same-origin` stands there so that the page may measure the height of the text. It gives the mail nothing,
//   for reaching out of a frame takes a script. Never put `allow-scripts` beside it: together they undo the sandbox;
// - `allow-popups` lets links open, each in a window of its own that knows nothing of ours (noopener, noreferrer).
export const frame_sandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:";

export interface MailColours {
  text: string;
  dim: string;
  link: string;
  ground: string;
  border: string;
  scheme: 'light' | 'dark';
}

/** Newsletters paint their own ground: they are shown on white paper, whatever the theme. */
export function paintsItself(html: string): boolean {
  return /<[^>]*(bgcolor=|style="[^"]*(background|color)[^"]*:|\scolor=)|<style/i.test(html);
}

const purifier = DOMPurify(window);
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

export function cleanMail(html: string): string {
  return purifier.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['form', 'input', 'button', 'select', 'textarea', 'link', 'meta', 'base', 'iframe', 'audio', 'video', 'dialog'],
    FORBID_ATTR: ['srcset', 'autofocus', 'tabindex', 'id'],
  });
}

/** The document of the frame. Pictures from elsewhere are parked by the server in `data-remote-src`. */
export function mailDocument(html: string, colours: MailColours): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<base target="_blank"><style>
:root { color-scheme: ${colours.scheme}; }
body { margin: 0; overflow-x: auto; overflow-y: hidden; color: ${colours.text}; background: ${colours.ground};
  font: 14px/1.55 Inter, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Hiragino Sans", "Noto Sans CJK JP", sans-serif; overflow-wrap: anywhere; }
a { color: ${colours.link}; } p { margin: 0 0 0.7em; } body > :last-child, body > :last-child > :last-child { margin-bottom: 0; }
img { max-width: 100%; height: auto; } pre { white-space: pre-wrap; }
img[data-remote-src] { min-width: 48px; min-height: 24px; border: 1px dashed ${colours.border}; border-radius: 4px; }
blockquote { margin: 0 0 0.7em; padding-left: 12px; border-left: 2px solid ${colours.border}; color: ${colours.dim}; }
</style></head><body>${cleanMail(html)}</body></html>`;
}
