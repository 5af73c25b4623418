/** An instant as `2026-11-04T11:21`, as the clocks of a zone show it. */
export function toWallClock(at: string, time_zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: time_zone, hourCycle: 'h23',
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The instant at which the clocks of a zone show `2026-11-04T11:21`. In the hour that a change of the
 * clocks skips, the time after the change.
 */
export function fromWallClock(wall: string, time_zone: string): string {
  const wanted = Date.parse(`${wall}:00Z`);
  let guess = wanted;
  // Twice: the offset found first may be that of the other side of a change of the clocks.
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${toWallClock(new Date(guess).toISOString(), time_zone)}:00Z`);
    guess += wanted - shown;
  }
  return new Date(guess).toISOString();
}
