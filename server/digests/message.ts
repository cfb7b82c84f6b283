/** What is sent, before it takes the shape of the place it goes to. */

export interface Line {
  readonly words: string;
  /** Where its rows are; `null` where nobody said how this dashboard is reached. */
  readonly link: string | null;
  /** What it is noted as once it is sent, never to be said again; `null`: with its message. */
  readonly note: string | null;
}

export interface Message {
  readonly title: string;
  readonly lines: readonly Line[];
  /** What it is noted as once it is sent, or found to say nothing. */
  readonly note: string;
}

/** As plain text, for a terminal. */
export function textOf({ title, lines }: Message): string {
  return [title, ...lines.map(({ words, link }) => (link === null ? `- ${words}` : `- ${words}\n  ${link}`))].join(
    "\n",
  );
}

/** As Markdown. Titles of changes are other people's text, so nothing in them is markup or a mention. */
export function markdownOf({ lines }: Message): string {
  return lines.map(({ words, link }) => `- ${plain(words)}${link === null ? "" : ` ([rows](${link}))`}`).join("\n");
}

function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|~]/g, "\\$&").replaceAll("@", "@\u200b");
}
