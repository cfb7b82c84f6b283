/** Where a database is: a file, or a PostgreSQL server. */

export function isServer(database: string): boolean {
  return /^postgres(ql)?:\/\//i.test(database);
}

/** As it may be shown: without a password, and without what follows the name of the database. */
export function shownPlace(database: string): string {
  if (!isServer(database)) return database;
  try {
    const { username, host, pathname } = new URL(database);
    return `postgres://${username === "" ? "" : `${username}@`}${host}${pathname}`;
  } catch {
    return "the PostgreSQL server";
  }
}
