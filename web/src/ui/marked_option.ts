import type { KeyboardEvent } from 'react';

/**
 * For lists whose options come while a person types, as `onKeyDownCapture` of their input: Enter chooses the option that is
 * marked, also when others came before it since, and nothing when the marked one is gone. Mantine remembers its place alone.
 */
export function chooseMarked(event: KeyboardEvent<HTMLInputElement>) {
  const list = event.currentTarget.getAttribute('aria-controls');
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || list === null) return;
  const options = document.getElementById(list);
  if (options === null) return;
  event.preventDefault();
  event.stopPropagation();
  options.querySelector<HTMLElement>('[data-combobox-selected]')?.click();
}
