/** The page for leadership as a document. */
import { dateOf } from "#metrics/calendar.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { html } from "../report/html.ts";
import { markdown } from "../report/markdown.ts";
import { sheetOf } from "../report/sheet.ts";
import { answerLeadership } from "./leadership.ts";
import type { Memory } from "./memory.ts";

export async function answerSheet(
  installation: Installation,
  { format, ...query }: Query<"/api/leadership/sheet">,
  memory: Memory,
): Promise<Reply<"/api/leadership/sheet">> {
  const { now, config } = installation;
  const page = await answerLeadership(installation, query, memory);
  const sheet = sheetOf(page, new Date(now()).toISOString());
  const name = `leadership-${dateOf(now(), config.timezone)}.${format}`;
  return { name, text: format === "md" ? markdown(sheet) : html(sheet) };
}
