/** An editor that is not there by then takes no words any more. */
const patience_ms = 5000;

/**
 * For who opens an editor and types at once: until something takes the cursor, letters are kept and are no shortcuts; then
 * they stand there. Escape gives them up.
 */
export function keepTyping(): void {
  let kept = '';
  const isWriting = () => {
    const at = document.activeElement;
    return at instanceof HTMLElement && (at.isContentEditable || at.matches('input, textarea'));
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || (isWriting() && kept === '')) return end();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
    if (event.key.length === 1) kept += event.key;
    else if (event.key === 'Backspace') kept = kept.slice(0, -1);
    else return undefined;
    event.preventDefault();
    event.stopImmediatePropagation();
    return undefined;
  };
  const handleFocus = () => {
    // The editor puts its cursor behind the text a moment after it has the focus.
    if (isWriting()) requestAnimationFrame(() => window.setTimeout(release));
  };
  const release = () => {
    if (!isWriting()) return;
    end();
    // Outdated by name alone: nothing else types as a person does, with all that hears of it.
    if (kept !== '') document.execCommand('insertText', false, kept);
    kept = '';
  };
  const end = () => {
    window.clearTimeout(timer);
    window.removeEventListener('keydown', handleKeyDown, true);
    window.removeEventListener('focusin', handleFocus);
  };
  const timer = window.setTimeout(end, patience_ms);
  window.addEventListener('keydown', handleKeyDown, true);
  window.addEventListener('focusin', handleFocus);
}
