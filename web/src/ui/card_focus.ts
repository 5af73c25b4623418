/** The link of the card above, below, or at the same height in the next column that has one. */
export function neighbourCard(card: HTMLElement, key: string): HTMLElement | null {
  const column = card.closest('section');
  const cards = (of: Element | null) => [...(of?.querySelectorAll<HTMLElement>('[data-card]') ?? [])];
  const place = cards(column).indexOf(card);
  const linkOf = (found: HTMLElement | undefined) => found?.querySelector<HTMLElement>('a') ?? null;
  if (key === 'ArrowDown') return linkOf(cards(column)[place + 1]);
  if (key === 'ArrowUp') return linkOf(cards(column)[place - 1]);
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return null;
  const beyond = (from: Element | null) => (key === 'ArrowRight' ? from?.nextElementSibling : from?.previousElementSibling) ?? null;
  let next = beyond(column);
  while (next !== null && cards(next).length === 0) next = beyond(next);
  const beside = cards(next);
  return linkOf(beside[Math.min(place, beside.length - 1)]);
}
