/** Names are bytes to git: of files, branches and tags. */
import { isUtf8 } from "node:buffer";

/** Texts that each end with a separator. What is not UTF-8 is read as Latin-1, which keeps different names different. */
export function texts(output: Buffer, separator: "\n" | "\0"): string[] {
  const isText = isUtf8(output);
  const all = output
    .toString(isText ? "utf8" : "latin1")
    .split(separator)
    .slice(0, -1);
  return isText ? all : all.map(decoded);
}

function decoded(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : text;
}
