/** What is wrong with the configuration, in sentences: where, what, why, what to do. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly reason: "missing" | "unreadable" | "invalid";

  constructor(reason: ConfigError["reason"], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}
