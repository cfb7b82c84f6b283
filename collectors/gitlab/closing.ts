/** Which issues a text says it closes, by GitLab's own words for it: https://docs.gitlab.com/user/project/issues/managing_issues/#default-closing-pattern */

export interface IssueName {
  /** The path of its project. */
  readonly project: string;
  readonly iid: number;
}

/** Where the text was written. */
export interface Home {
  /** The project, by path. */
  readonly project: string;
  /** Where GitLab is, such as `https://gitlab.com`. */
  readonly url: string;
}

const KEYWORD =
  /\b(?:[Cc]los(?:e[sd]?|ing)|[Ff]ix(?:e[sd]|ing)?|[Rr]esolv(?:e[sd]?|ing)|[Ii]mplement(?:s|ed|ing)?):? {1,9}/g;
const NOUN = /issues? {1,9}/y;
/** `#4`, `shell#4` of the same namespace, `acme/shell#4`. */
const REFERENCE = /([\w.-]+(?:\/[\w.-]+)*)?#(\d+)/y;
/** An address, behind that of the host. */
const ADDRESS = /([\w.-]+(?:\/[\w.-]+)*?)(?:\/-)?\/(?:issues|work_items)\/(\d+)/y;
/** An issue of another tracker: it may stand between two of GitLab's. */
const FOREIGN = /[A-Z][A-Z0-9_]+-\d+/y;
// All of these are bounded: anybody may write the text, and a pattern that tries again and again would hang on it.
const SEPARATOR = / {0,9},? {0,9}(?:and {1,9})?/y;

/** Each once, in order. Administrators may have other words for it on hosts of their own; those are not understood. */
export function closes(text: string, home: Home): readonly IssueName[] {
  const found = new Map<string, IssueName>();
  for (const keyword of text.matchAll(KEYWORD)) {
    for (const name of listed(text, keyword.index + keyword[0].length, home))
      found.set(`${name.project}#${name.iid}`, name);
  }
  return [...found.values()];
}

/** What is enumerated from a position on. */
function listed(text: string, from: number, home: Home): IssueName[] {
  const names: IssueName[] = [];
  for (let at = from; ;) {
    at = match(NOUN, text, at)?.end ?? at;
    const one = named(text, at, home) ?? foreign(text, at);
    if (one === null) return names;
    if (one.name !== null) names.push(one.name);
    at = match(SEPARATOR, text, one.end)?.end ?? one.end;
  }
}

interface Found {
  readonly name: IssueName | null;
  readonly end: number;
}

function named(text: string, at: number, { project, url }: Home): Found | null {
  const base = `${url}/`;
  if (text.slice(at, at + base.length).toLowerCase() === base.toLowerCase()) {
    const address = match(ADDRESS, text, at + base.length);
    return address === null ? null : toFound(address, address.groups[0] ?? "");
  }
  const reference = match(REFERENCE, text, at);
  if (reference === null) return null;
  const [path = ""] = reference.groups;
  const namespace = project.slice(0, project.lastIndexOf("/") + 1);
  return toFound(reference, path === "" ? project : path.includes("/") ? path : `${namespace}${path}`);
}

function foreign(text: string, at: number): Found | null {
  const key = match(FOREIGN, text, at);
  return key === null ? null : { name: null, end: key.end };
}

interface Match {
  readonly groups: readonly (string | undefined)[];
  readonly end: number;
}

function toFound({ groups, end }: Match, project: string): Found {
  return { name: { project, iid: Number(groups[1]) }, end };
}

/** @param pattern a sticky one. */
function match(pattern: RegExp, text: string, at: number): Match | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? null : { groups: found.slice(1), end: at + found[0].length };
}
