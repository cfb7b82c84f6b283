/** What a test knows to be there. */
export function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("There should be a value here.");
  return value;
}
