/** What PostgreSQL takes for text. */

/** Zeros, which no text of PostgreSQL may hold, and halves of characters. */
const REFUSED = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/** JSON without what PostgreSQL refuses in a text: such a character becomes the sign for one that cannot be shown. */
export function acceptable(json: string): string {
  return json.includes("\\u") ? json.replaceAll(REFUSED, "$1\ufffd") : json;
}
