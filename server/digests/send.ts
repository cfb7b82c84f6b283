/** Brings a message to where it goes. */
import type { Allowed } from "#collectors/polite/reach.ts";
import type { DigestOptions } from "#config/digests.ts";
import type { Line, Message } from "./message.ts";
import { mail } from "./mail.ts";
import { markdownOf } from "./message.ts";
import { DigestError } from "./problem.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const PATIENCE = 20_000;

/** @param allowed addresses that a mail server may have although they are none of a host. @throws DigestError */
export async function send(options: DigestOptions, message: Message, fetch: Fetch, allowed: Allowed): Promise<void> {
  const { to } = options;
  switch (to) {
    case "slack":
      return post(to, options.webhook, {}, slackBody(message), fetch);
    case "teams":
      return post(to, options.webhook, {}, teamsBody(message), fetch);
    case "email":
      return mail(options, message, allowed);
    case "github":
      return post(
        to,
        `${trimmed(options.url)}/repos/${options.repository}/issues`,
        { authorization: `Bearer ${options.token}`, accept: "application/vnd.github+json" },
        { title: message.title, body: markdownOf(message) },
        fetch,
      );
    case "gitlab":
      return post(
        to,
        `${trimmed(options.url)}/api/v4/projects/${encodeURIComponent(options.repository)}/issues`,
        { "private-token": options.token },
        { title: message.title, description: markdownOf(message) },
        fetch,
      );
  }
}

async function post(
  to: DigestOptions["to"],
  url: string,
  headers: Readonly<Record<string, string>>,
  body: object,
  fetch: Fetch,
): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
      redirect: "error", // a token goes where it was meant to, and nowhere else
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new DigestError(
      `${to} could not be reached, so the message was not sent; it is tried again in some minutes. Is its address right, and may this machine reach it?`,
      { cause: error },
    );
  }
  await response.body?.cancel();
  if (response.ok) return;
  throw new DigestError(
    `${to} answered ${response.status}, so the message was not sent; it is tried again in some minutes. ${advice(response.status)}`,
  );
}

function advice(status: number): string {
  if (status === 401 || status === 403)
    return "Its token or address is not accepted: it may have expired, or may not open issues.";
  if (status === 404 || status === 410)
    return "There is no such place (any more): look at the address in headway.yaml.";
  if (status === 429) return "It takes no more messages now.";
  return "Look at what it says there.";
}

/** https://docs.slack.dev/messaging/formatting-message-text: three characters are escaped, and then nothing is a mention. */
function slackBody({ title, lines }: Message): object {
  const line = ({ words, link }: Line) => `• ${slack(words)}${link === null ? "" : ` <${link}|rows>`}`;
  return { text: [`*${slack(title)}*`, ...lines.map(line)].join("\n") };
}

function slack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** An adaptive card, as the workflows of Teams take it; text blocks know some Markdown, so there is none in it. */
function teamsBody({ title, lines }: Message): object {
  const links = lines.flatMap(({ link }, index) =>
    link === null ? [] : [{ type: "Action.OpenUrl", title: `Rows of ${index + 1}`, url: link }],
  );
  const text = (words: string, style: object) => ({ type: "TextBlock", text: unmarked(words), wrap: true, ...style });
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [text(title, { weight: "Bolder" }), ...lines.map(({ words }, index) => text(`${index + 1}. ${words}`, {}))],
    actions: links.slice(0, 6),
  };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }] };
}

function unmarked(text: string): string {
  return text.replaceAll(/[\\`*_[\]]/g, "\\$&");
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}
