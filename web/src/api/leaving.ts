// What must reach the server while the session still holds.

/** Answers whether all is done; false keeps the person signed in. */
type LastWork = () => Promise<boolean>;

const last_works = new Set<LastWork>();

/** Runs `work` before the person signs out. Returns the way to stop. */
export function beforeSignOut(work: LastWork): () => void {
  last_works.add(work);
  return () => last_works.delete(work);
}

/** False when something could not be done, which has been said by then. */
export async function finishBeforeSignOut(): Promise<boolean> {
  const done = await Promise.all([...last_works].map((work) => work()));
  return done.every(Boolean);
}
