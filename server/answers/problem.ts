/** A question that cannot be answered as asked. The message says why and what to ask instead. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
}

/** Something that is not done, though it was understood. The message says why and what to do. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, title: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.title = title;
    this.headers = headers;
  }
}
