/** The sheet as Markdown (CommonMark with tables), for a document or a slide of a steering deck. */
import type { Part, Sheet } from "./sheet.ts";

export function markdown({ title, about, sentence, notes, five, parts, quality, foot }: Sheet): string {
  const blocks = [
    `# ${plain(title)}`,
    plain(about),
    `**${plain(sentence)}**`,
    notes.map((note) => plain(note)).join("  \n"),
    [
      "| | Now | Signal or noise | What the comparison says |",
      "| --- | --- | --- | --- |",
      ...five.map(({ title: name, value, label, words }) => row([name, value, label ?? "Unknown", words ?? ""])),
    ].join("\n"),
    ...parts.map(partText),
    plain(quality),
    `---\n\n${plain(foot)}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function partText({ title, sentence, rows, missing }: Part): string {
  const lines = [
    ...rows.map(({ name, words }) => `- **${plain(name)}**: ${plain(words)}`),
    ...missing.map((one) => `- ${plain(one)}`),
  ].join("\n");
  return [`## ${plain(title)}`, plain(sentence), lines].filter((block) => block !== "").join("\n\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(plain).join(" | ")} |`;
}

/** Text that stays text: a service may be called anything. */
function plain(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, " ")
      .replaceAll(/[\\`*_[\]<>|~&]/g, String.raw`\$&`)
      // What would begin a list, a heading or a rule at the start of a line.
      .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
      .replace(/^([#+=-])/, String.raw`\$1`)
  );
}
