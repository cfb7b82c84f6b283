/** Words in two lines of so many letters at most, where there are blanks; the table twin has all of them. */
export function labelLines(label: string, most: number): string[] {
  const lines = [""];
  for (const word of label.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.length > 2 ? [lines[0] ?? "", `${lines[1] ?? ""} …`] : lines;
}
