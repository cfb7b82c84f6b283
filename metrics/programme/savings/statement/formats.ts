/**
 * Formats of statements that can be read, the last being the one that is written. 1 says nothing of a cause. 2 does. 3 holds the books of every month until the statement's own
 * against the savings, and says in words what was not placed. 4 counts a line from when finance agreed to it, each month as it was last said by its end; holds lines against the
 * hours that there are; says what was frozen, when and with which hash, and who answers for what is assumed; and hashes what was written freely with a salt. 5 prints hours
 * also of what is under way, has expired or did not come, of which the formats before print the money alone; and says of weeks that they end in the month.
 */
export const STATEMENT_FORMATS = [1, 2, 3, 4, 5] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];
