/** What a server writes down of its work: sentences with a few named fields, never what somebody sent. */

/** @public From what is said to developers to what needs somebody. */
export type Level = "debug" | "info" | "warn" | "error";
export const LEVELS = ["debug", "info", "warn", "error"] as const satisfies readonly Level[];

/** The fields a line can have: none of them holds an address, a header or a body. */
export interface LogFields {
  readonly requestId?: string;
  readonly method?: string;
  /** A path of the contract, not the one that was asked for. */
  readonly route?: string;
  readonly status?: number;
  readonly milliseconds?: number;
}

export type Log = (level: Level, sentence: string, fields?: LogFields) => void;

/** Where nobody asked for another: what went wrong, on stderr. */
export const plainLog: Log = (level, sentence) => {
  if (level === "error") console.error(sentence);
};
