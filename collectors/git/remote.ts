/** Addresses of repositories: where they are, what they are called, and what must never be repeated of them. */

/** `https://user:token@host/owner/name.git`, in parts that may be shown and one that may not. */
export interface Remote {
  /** The address without user and password; safe to show, to store and to pass to a program. */
  readonly url: string;
  readonly credentials: Credentials | null;
  /** `owner/name`, or the last part of the path where there is no owner. */
  readonly name: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const SCHEMES = new Set(["https:", "http:", "ssh:", "git:", "file:"]);

/** `git@host:owner/name`. A host or path that starts with “-” would be an option to ssh; `x::y` runs a helper program. */
const SCP = /^(?:[\w.+-]+@)?(?!-)[\w.-]+:(?![-:]|\/\/)\S+$/;

export function isRemote(text: string): boolean {
  if (/^[-\s]/.test(text) || text.includes("::") || /[\s\p{Cc}]/u.test(text)) return false;
  if (!text.includes("://")) return SCP.test(text);
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return SCHEMES.has(url.protocol) && !url.hostname.startsWith("-") && url.pathname.length > 1;
}

export function parseRemote(text: string): Remote {
  if (!text.includes("://")) return { url: text, credentials: null, name: nameOf(text.slice(text.indexOf(":") + 1)) };
  const url = new URL(text);
  const web = url.protocol === "https:" || url.protocol === "http:";
  const credentials =
    web && url.username !== "" ? { username: decoded(url.username), password: decoded(url.password) } : null;
  url.password = "";
  if (web) url.username = "";
  return { url: url.href, credentials, name: nameOf(decoded(url.pathname)) };
}

/** The machine that an address names; `null` of one on this machine. */
export function hostOf(remote: string): string | null {
  if (!remote.includes("://")) return /^(?:[^@/]*@)?([^:/]+):/.exec(remote)?.[1] ?? null;
  const { protocol, hostname } = new URL(remote);
  if (protocol === "file:" || hostname === "") return null;
  // Of ssh and git, an address is kept as it was written; curl and ssh read 0x7f.1 as one, too.
  const web = `http://${hostname}/`;
  return URL.canParse(web) ? new URL(web).hostname : hostname;
}

/** Whatever looks like a user and password in an address within a text is left out of it. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/(\w:\/\/)[^\s/@]+@/g, "$1");
}

/** Where a person can look at the repository; `null` when its address does not tell. */
export function webUrl(remote: string): string | null {
  const [, host, path] =
    /^(?:(?:https?|ssh|git):\/\/)?(?:[^@/\s]+@)?([\w.-]+)(?::\d+)?[:/]\/?(.+?)(?:\.git)?\/?$/.exec(remote) ?? [];
  if (host === undefined || path === undefined || remote.startsWith("file:")) return null;
  return forgeOf(host) !== null || /^https?:/.test(remote) ? `https://${host}/${path}` : null;
}

/** Where a person can look at a tag; `null` where the forge is unknown. */
export function tagUrl(web: string | null, tag: string): string | null {
  if (web === null) return null;
  const name = encodeURIComponent(tag);
  switch (forgeOf(new URL(web).hostname)) {
    case "github":
      return `${web}/releases/tag/${name}`;
    case "gitlab":
      return `${web}/-/tags/${name}`;
    case "bitbucket":
      return `${web}/src/${name}`;
    case null:
      return null;
  }
}

function forgeOf(host: string): "github" | "gitlab" | "bitbucket" | null {
  const label = /^(github|gitlab|bitbucket)\./.exec(host)?.[1];
  return label === "github" || label === "gitlab" || label === "bitbucket" ? label : null;
}

function nameOf(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  return parts
    .slice(-2)
    .join("/")
    .replace(/\.git$/, "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
