/** The name that the server's sentence puts into quotation marks: it is the same in every language. */
export function quotedIn(message: string): string {
  return /“([^”]*)”/.exec(message)?.[1] ?? '';
}
