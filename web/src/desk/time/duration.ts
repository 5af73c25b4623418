/** "1:30" for an hour and a half: hours and minutes, rounded. */
export function hoursAndMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** "1:30:05", as a stopwatch shows it. */
export function stopwatchWords(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${rest}`;
}

/** What somebody typed as a length: "1:30", "90" (minutes), "1h 30m", "1.5h". Null when it is none. */
export function secondsTyped(text: string): number | null {
  const words = text.trim().toLowerCase().replace(',', '.');
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(words);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60;
  const minutes = /^(\d{1,5})\s*(?:m|min)?$/.exec(words);
  if (minutes) return Number(minutes[1]) * 60;
  const both = /^(\d{1,4}(?:\.\d+)?)\s*h(?:\s*(\d{1,2})\s*(?:m|min)?)?$/.exec(words);
  return both ? Math.round(Number(both[1]) * 3600) + Number(both[2] ?? 0) * 60 : null;
}
