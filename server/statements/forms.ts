/** In which forms a statement can be had. */
export const STATEMENT_FORMS = ["pack", "csv", "xlsx", "html"] as const;
export type StatementForm = (typeof STATEMENT_FORMS)[number];
