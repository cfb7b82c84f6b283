/** A question that cannot be answered as asked. The message says why and what to ask instead. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
}
