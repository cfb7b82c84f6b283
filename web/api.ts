/** The only way to the server. */
import type { Ask, Body, CommandPath, CommandReply, Path, Reply } from "#server/contract.ts";

/** Told to the window when the server does not answer, so that one place can watch for its return. */
export const UNREACHABLE = "headway-unreachable";

/** Told to the window when the server wants to know first who asks. */
export const LOGIN_NEEDED = "headway-login-needed";

/** The server did not give what was asked for; the message says what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly reason: "unreachable" | "refused";

  constructor(reason: "unreachable" | "refused", message: string, cause: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** Where the answer to a question is. Relative to the page, so that it also works below a path of a proxy. */
export function address(path: string, query: object): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null) search.set(key, String(value));
  const text = search.toString();
  return `.${path}${text === "" ? "" : `?${text}`}`;
}

export async function ask<P extends Path>(path: P, query: Ask<P>, signal: AbortSignal): Promise<Reply<P>> {
  const response = await reach(address(path, query), { signal, headers: { accept: "application/json" } });
  if (!response.ok) throw new ApiError("refused", await problem(response), response.status);
  // oxlint-disable-next-line no-unsafe-type-assertion -- the server's own tests hold it to the contract
  return (await response.json()) as Reply<P>;
}

/** Tells the server to do something. Nobody takes it back: it may have been done already. */
export async function tell<P extends CommandPath>(path: P, body: Body<P>): Promise<CommandReply<P>> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const response = await reach(address(path, {}), { headers, method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new ApiError("refused", await problem(response), response.status);
  // oxlint-disable-next-line no-unsafe-type-assertion -- the server's own tests hold it to the contract
  return (await response.json()) as CommandReply<P>;
}

/** After which a question that did not get through is asked once more: a connection may have ended just then. */
const AGAIN_MS = 400;

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await (init.method === "POST" ? fetch(url, init) : persistent(url, init));
    if (response.status === 401) window.dispatchEvent(new Event(LOGIN_NEEDED));
    return response;
  } catch (cause) {
    if (init.signal?.aborted !== true) window.dispatchEvent(new Event(UNREACHABLE));
    throw new ApiError("unreachable", "Headway’s server does not answer.", cause);
  }
}

async function persistent(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    init.signal?.throwIfAborted();
    return fetch(url, init);
  }
}

/** The sentence of an RFC 9457 problem, or at least its status. */
async function problem(response: Response): Promise<string> {
  const fallback = `The server answered ${response.status}.`;
  try {
    const body: unknown = await response.json();
    const texts =
      typeof body !== "object" || body === null ? [] : [Reflect.get(body, "detail"), Reflect.get(body, "title")];
    return texts.find((text: unknown) => typeof text === "string") ?? fallback;
  } catch {
    return fallback;
  }
}
