/** A place would not take a message. Its address, its token and its password are secrets, and not in the text. */
export class DigestError extends Error {
  override readonly name = "DigestError";
}
