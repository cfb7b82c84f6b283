/** From the paths of a repository to what they tell: how many files of each kind there are, and where. */
import type { Hint, Layout, LayoutFolder } from "../events.ts";
import type { Sort } from "./sorts.ts";
import { sortOf } from "./sorts.ts";

/** As many folders as are kept, and as many examples of each kind in each. */
const [MOST_FOLDERS, MOST_EXAMPLES] = [200, 3];
/** A longer path is counted and not shown. */
const LONGEST = 200;

/** What others wrote, or what is made of what is there: it lies in the repository and tells nothing of it. */
const FOREIGN =
  /^(?:node_modules|bower_components|jspm_packages|vendor|vendored|third[_-]?party|3rd[_-]?party|external|externals|godeps|pods|carthage|site-packages|\.venv|venv|\.yarn|\.terraform|dist|__pycache__)$/;

/** What is there to try something out. */
const ASIDE =
  /^(?:tests?|__tests__|[\w-]*[-_]tests?|testing|test-?data|test[-_]resources|fixtures?|__fixtures__|mocks?|__mocks__|examples?|samples?|demos?|dummy|e2e|bench(?:marks?)?|templates?-tests)$/;
const ASIDE_NAME = /[._-](?:test|spec)\.\w+$/;

interface Growing {
  files: number;
  readonly hints: Map<Sort, { count: number; aside: number; own: string[]; others: string[] }>;
}

/**
 * @param paths from the root of the repository, with `/`.
 * @param isWhole whether these are all there are.
 */
export function layoutOf(paths: Iterable<string>, isWhole: boolean): Pick<Layout, "files" | "isWhole" | "folders"> {
  const folders = new Map<string, Growing>();
  let files = 0;
  for (const path of paths) {
    const parts = path.split("/");
    const inFolders = parts.slice(0, -1);
    const lower = inFolders.map((folder) => folder.toLowerCase());
    if (lower.some((folder) => FOREIGN.test(folder))) continue;
    files += 1;
    const key = inFolders.slice(0, 2).join("/");
    const folder = folders.get(key) ?? { files: 0, hints: new Map() };
    folders.set(key, folder);
    folder.files += 1;
    const name = (parts.at(-1) ?? "").toLowerCase();
    const dot = name.lastIndexOf(".");
    const sort = sortOf({ name, ending: dot === -1 ? "" : name.slice(dot + 1), folders: lower });
    if (sort !== null) note(folder, sort, path, lower.some((one) => ASIDE.test(one)) || ASIDE_NAME.test(name));
  }
  const found = [...folders].map(([path, folder]): LayoutFolder => ({
    path,
    files: folder.files,
    hints: told(folder),
  }));
  return { files, isWhole, folders: found.toSorted(byWeight).slice(0, MOST_FOLDERS).toSorted(byPath) };
}

function note(folder: Growing, sort: Sort, path: string, isAside: boolean): void {
  const hint = folder.hints.get(sort) ?? { count: 0, aside: 0, own: [], others: [] };
  folder.hints.set(sort, hint);
  hint.count += 1;
  hint.aside += Number(isAside);
  const examples = isAside ? hint.others : hint.own;
  if (examples.length < MOST_EXAMPLES && path.length <= LONGEST) examples.push(path);
}

function told({ hints }: Growing): readonly Hint[] {
  return [...hints]
    .map(([sort, { count, aside, own, others }]) => ({
      sort,
      count,
      aside,
      examples: [...own, ...others].slice(0, MOST_EXAMPLES),
    }))
    .toSorted((a, b) => (a.sort < b.sort ? -1 : 1));
}

function byWeight(a: LayoutFolder, b: LayoutFolder): number {
  return Number(b.hints.length > 0) - Number(a.hints.length > 0) || b.files - a.files || byPath(a, b);
}

function byPath(a: LayoutFolder, b: LayoutFolder): number {
  return a.path < b.path ? -1 : 1;
}
