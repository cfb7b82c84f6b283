/** A file that somebody names, as text. */
import { readFile } from "node:fs/promises";

/**
 * @param refused makes the error that is thrown from what happened and what to do.
 * @throws what `refused` made, when the file cannot be read or is not UTF-8.
 */
export async function readText(
  path: string,
  refused: (message: string, options: ErrorOptions) => Error,
): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw refused(
      `${path} ${WHY[code] ?? `cannot be read (${code}). Make it a file that this user may read`}, and try again.`,
      {
        cause: error,
      },
    );
  }
}

const WHY: Readonly<Record<string, string>> = {
  ERR_ENCODING_INVALID_ENCODED_DATA: "is not UTF-8, so its letters could be read wrongly. Save it as UTF-8",
  ENOENT: "is not there. Look at its name",
};
