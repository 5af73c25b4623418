import type { Address } from '@/api';

// Recipients as people type and paste them: "Ana Lima <ana@example.com>, ben@example.com".

const address_shape = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/u;

/** The bare address of "Ana Lima <ana@example.com>". */
export function addressOf(recipient: string): string {
  const inside = /<([^<>]*)>\s*$/.exec(recipient)?.[1];
  return (inside ?? recipient).trim();
}

/** The name before the address, '' when there is none. */
export function nameOf(recipient: string): string {
  const open = recipient.lastIndexOf('<');
  return open === -1 ? '' : recipient.slice(0, open).trim().replace(/^"(.*)"$/, '$1');
}

export function isRecipient(text: string): boolean {
  return address_shape.test(addressOf(text));
}

/** Those whose address a refusal names. */
export function recipientsNamedIn(message: string, recipients: string[]): string[] {
  const words = message.toLowerCase().split(/[\s,;:<>()"]+/u).map((word) => word.replace(/[.!?]+$/u, ''));
  return recipients.filter((recipient) => words.includes(addressOf(recipient).toLowerCase()));
}

/** Splits what was typed or pasted at commas, semicolons and line ends, but not inside "quotes" or <angles>. */
export function splitRecipients(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let is_quoted = false;
  let is_angled = false;
  for (const sign of text) {
    if (sign === '"') is_quoted = !is_quoted;
    if (sign === '<' && !is_quoted) is_angled = true;
    if (sign === '>' && !is_quoted) is_angled = false;
    const is_end = sign === '\n' || (!is_quoted && !is_angled && [',', ';', '、'].includes(sign));
    if (is_end) {
      parts.push(part);
      part = '';
      is_quoted = false;
      is_angled = false;
    } else part += sign;
  }
  parts.push(part);
  return parts.flatMap((each) => spaced(each.trim())).filter((each) => each !== '');
}

/** Bare addresses may stand side by side with spaces alone between them. */
function spaced(part: string): string[] {
  const words = part.split(/\s+/u);
  return words.length > 1 && words.every(isRecipient) ? words : [part];
}

/** Each address once, however it is written; the first writing stays. */
export function distinctRecipients(recipients: string[]): string[] {
  const seen = new Set<string>();
  return recipients.filter((recipient) => {
    const address = addressOf(recipient).toLowerCase();
    if (seen.has(address)) return false;
    seen.add(address);
    return true;
  });
}

/** An address as a recipient is written. */
export function recipientText({ name, address }: Address): string {
  const plain = name.trim().replace(/[<>"]/g, '');
  return plain === '' || plain === address ? address : `${plain} <${address}>`;
}
