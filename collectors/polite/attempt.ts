/** One request: sent once, read to its end, and checked to be what an API answers. */
import type { Effects } from "./effects.ts";

export interface Request {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** An answer that arrived whole. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text says as JSON; `undefined` when it is none. */
  readonly json: unknown;
}

/** No answer, or half of one. Asking again may help. */
export interface Failure {
  readonly kind: "failure";
  /** Ends the sentence “the host …”. */
  readonly what: string;
  readonly cause: unknown;
}

/** @param patience milliseconds without a sign of life, before the answer begins or in the middle of it, after which it is given up. */
export async function attempt(
  request: Request,
  patience: number,
  { fetch }: Pick<Effects, "fetch">,
  signal: AbortSignal,
): Promise<Answer | Failure> {
  signal.throwIfAborted();
  const watch = watchdog(patience);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal: AbortSignal.any([signal, watch.signal]),
    });
    const text = await readWhole(response, watch.alive);
    return { kind: "answer", status: response.status, headers: response.headers, text, json: parsed(text) };
  } catch (error) {
    signal.throwIfAborted();
    if (watch.signal.aborted) return { kind: "failure", what: `was silent for ${patience / 1000} s`, cause: error };
    return { kind: "failure", what: `broke the connection (${codeOf(error)})`, cause: error };
  } finally {
    watch.stop();
  }
}

async function readWhole(response: Response, alive: () => void): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  alive();
  for await (const chunk of response.body) {
    alive();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function watchdog(patience: number) {
  const controller = new AbortController();
  const bark = () => controller.abort(new Error("timed out"));
  let timer = setTimeout(bark, patience);
  return {
    signal: controller.signal,
    alive: () => {
      clearTimeout(timer);
      timer = setTimeout(bark, patience);
    },
    stop: () => clearTimeout(timer),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `ECONNRESET`, `ENOTFOUND`, `UND_ERR_SOCKET`: fetch hides them one or two causes deep. */
export function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at.cause === undefined) return at.message;
  }
  return "unknown reason";
}
