/** Which files a list of globs means. */
import picomatch from "picomatch/posix.js";

const OPTIONS = { dot: true, nonegate: true, noextglob: true, strictBrackets: true } as const;

/** What makes a glob more than a plain name. */
const MAGIC = /[*?[\]{}]/;

/**
 * A file is meant when one of the globs matches its path from the root of the repository, and none that begins with `!` does. Where
 * all of them begin with `!`, everything else is meant. A plain name means the file or all that is in the folder.
 *
 * @throws Error when a glob is none, such as one with a bracket that nobody closes.
 */
export function fileMatcher(globs: readonly string[]): (path: string) => boolean {
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map(matcher);
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => matcher(glob.slice(1)));
  return (path) =>
    (wanted.length === 0 || wanted.some((isMeant) => isMeant(path))) && !unwanted.some((isMeant) => isMeant(path));
}

function matcher(glob: string): (path: string) => boolean {
  // Folders have parentheses in their names; nobody groups patterns of files by them.
  const plain = glob
    .replace(/^\.?\//, "")
    .replace(/\/$/, "")
    .replace(/[()]/g, String.raw`\$&`);
  return picomatch(MAGIC.test(plain) ? plain : [plain, `${plain}/**`], OPTIONS);
}
