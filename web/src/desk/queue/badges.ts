/** As many badges as a line of a list has room for beside its subject. */
export const badges_in_line_max = 2;

/** What stands in the line, and what is only counted there. The last place is the count's, when there are too many. */
export function collapsed<Badge>(badges: Badge[], places = badges_in_line_max): { shown: Badge[]; hidden: Badge[] } {
  const count = badges.length <= places ? places : places - 1;
  return { shown: badges.slice(0, count), hidden: badges.slice(count) };
}
