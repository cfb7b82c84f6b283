/** A host's no, and what to tell a person about it. */
import type { OutOfReach } from "./reach.ts";
import { HostError } from "../collector.ts";
import type { Answer, Request } from "./attempt.ts";

/** What the host said, as the `cause` of a HostError. Carries no header and no query, which may hold secrets. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;

  constructor(method: string, url: string, status: number, said: string) {
    super(`${method} ${withoutQuery(url)} → ${status}${said === "" ? "" : `: ${said}`}`);
    this.status = status;
  }
}

/** The status a host refused with; `null` for any other error. */
export function statusOf(error: unknown): number | null {
  return error instanceof HostError && error.cause instanceof Refusal ? error.cause.status : null;
}

const UNCHANGED = "What was collected before is kept.";

export function refused(source: string, host: string, request: Request, answer: Answer): HostError {
  const { status } = answer;
  const where = withoutQuery(request.url);
  const cause = new Refusal(request.method, request.url, status, saidBy(answer));
  if (status === 401) {
    const what = `${host} no longer accepts the token, or never did (${status}): it expired, was revoked or is mistyped. ${UNCHANGED} Create a new one and sync again.`;
    return new HostError(source, "auth", what, cause);
  }
  if (status === 403) return new HostError(source, "auth", forbidden(host, where, answer), cause);
  if (status === 404 || status === 410 || status === 451) {
    const what = `${host} shows nothing at ${where} (${status}): it was deleted, renamed, made private, or the token may not see it. ${UNCHANGED} Correct its name, or give the token access, or remove it from the configuration.`;
    return new HostError(source, "not-found", what, cause);
  }
  const what = `${host} refused ${where} (${status}${quoted(cause)}). ${UNCHANGED} If this stays, report it: the request may no longer be what this version of ${host} expects.`;
  return new HostError(source, "unavailable", what, cause);
}

/** @param what ends the sentence “the host …”. */
export function gaveUp(source: string, host: string, request: Request, what: string, tries: number, cause: unknown) {
  const message = `${host} ${what} ${tries === 1 ? "when it was asked" : `each of the last ${tries} times it was asked`} for ${withoutQuery(request.url)}. ${UNCHANGED} Nothing needs to be done if this passes: the next sync goes on from here. Otherwise check the address, the network and the proxy.`;
  return new HostError(source, "unavailable", message, cause);
}

export function limited(source: string, host: string, request: Request, tries: number): HostError {
  const message = `${host} kept saying that its limit is used up, although it was left alone ${tries} times for as long as it asked. ${UNCHANGED} Something else uses the same token all the time: give Headway a token of its own, or sync less often.`;
  return new HostError(source, "rate-limit", message, new Refusal(request.method, request.url, 429, ""));
}

function forbidden(host: string, where: string, answer: Answer): string {
  const single = /url=(\S+)/.exec(answer.headers.get("x-github-sso") ?? "")?.[1];
  if (single !== undefined)
    return `${host} wants the token to be authorised for the organisation's single sign-on before it shows ${where}. ${UNCHANGED} Open ${single} and authorise it, then sync again.`;
  const needed = neededScopes(answer.headers);
  const what = needed === "" ? "" : ` It needs one of: ${needed}.`;
  return `${host} does not let the token read ${where} (403${quotedText(saidBy(answer))}): it lacks a permission, or lost one.${what} ${UNCHANGED} Give the token that permission and sync again.`;
}

function neededScopes(headers: Headers): string {
  return (headers.get("x-accepted-github-permissions") ?? headers.get("x-accepted-oauth-scopes") ?? "").trim();
}

function saidBy({ json, text }: Answer): string {
  if (typeof json === "object" && json !== null) {
    for (const key of ["message", "error_description", "error"]) {
      const said: unknown = Reflect.get(json, key);
      if (typeof said === "string") return said.slice(0, 200);
    }
  }
  return json === undefined && !text.includes("<") ? text.slice(0, 200) : "";
}

function quoted({ message }: Refusal): string {
  const said = message.slice(message.indexOf("→")).replace(/^→ \d+:? ?/, "");
  return quotedText(said);
}

function quotedText(said: string): string {
  return said === "" ? "" : `, “${said}”`;
}

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** Asking again would lead to the same place. */
export function unreached(source: string, host: string, cause: OutOfReach): HostError {
  return new HostError(
    source,
    "unavailable",
    `${host} was not asked: ${cause.message}. What was stored before is safe.`,
    cause,
  );
}
