/** The rights of a user who is not root, for whom alone a file can be read-only. */

const NOBODY = 65_534;

/** Does something without the rights of root, where the tests run as root; others have none to lay down. */
export async function asNobody(work: () => Promise<void>): Promise<void> {
  const { geteuid, seteuid } = process;
  const user = geteuid?.() ?? NOBODY;
  if (user !== 0 || seteuid === undefined) return work();
  seteuid(NOBODY);
  try {
    await work();
  } finally {
    seteuid(user);
  }
}
