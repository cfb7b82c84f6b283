/** The command line was not understood: what was wrong with it, and what would be right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
