import classes from './Keys.module.css';

/** How a shortcut is pressed: "g t" is g then t, "mod+k" is Ctrl+K or ⌘K. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={classes.keys}>
      {keys.split(' ').map((stroke, index) => (
        <kbd key={index} className={classes.key}>{stroke.split('+').map(keyName).join(' ')}</kbd>
      ))}
    </span>
  );
}

const is_apple = /Mac|iPhone|iPad/.test(navigator.platform);

function keyName(key: string): string {
  const names: Record<string, string> = {
    mod: is_apple ? '⌘' : 'Ctrl', shift: '⇧', enter: '↵', escape: 'Esc', arrowup: '↑', arrowdown: '↓',
  };
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
