/**
 * Formats of statements that can be read, the last being the one that is written. 1 says nothing of a cause. 2 does. 3 holds the books of every month until the statement's own
 * against the savings, and says in words what was not placed.
 */
export const STATEMENT_FORMATS = [1, 2, 3] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];
