const quarters = 4;

/** The end of an axis with four even steps, at or above the largest value. */
export function niceTop(most: number): number {
  if (most <= quarters) return quarters;
  const power = 10 ** Math.floor(Math.log10(most / quarters));
  const step = [1, 2, 2.5, 3, 4, 5, 10].map((each) => each * power).find((each) => Number.isInteger(each) && each * quarters >= most) ?? 10 * power;
  return step * quarters;
}

/** Every so many columns have a label, so that at most `shown` do. */
export function labelEvery(columns: number, shown: number): number {
  return Math.max(1, Math.ceil(columns / shown));
}
