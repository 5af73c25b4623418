import classes from './Avatar.module.css';

interface AvatarProps {
  name: string;
  size?: 'small' | 'medium' | 'large';
}

const hues = [232, 262, 292, 322, 352, 22, 152, 182, 202];

/** A round sign with the initials of a person. Its name stands beside it in words, so readers skip it. */
export function Avatar({ name, size = 'medium' }: AvatarProps) {
  const hue = hues[hash(name) % hues.length];
  return (
    <span
      aria-hidden="true"
      className={classes.avatar}
      data-size={size}
      style={{ '--avatar-hue': String(hue) }}
    >
      {initials(name)}
    </span>
  );
}

/** Two letters of a name in letters, the first sign of a name in Chinese or Japanese. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => word !== '');
  const first = [...(words[0] ?? '?')][0] ?? '?';
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(first)) return first;
  const last = words.length > 1 ? ([...(words[words.length - 1] ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}

function hash(text: string): number {
  let value = 7;
  for (const sign of text) value = (value * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  return value;
}
