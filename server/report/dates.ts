/** Days of a window, as a person writes them. */

/** "25 May to 22 Nov 2026": the days a half-open window touches. */
export function dates(from: string, to: string, zone: string): string {
  const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: zone });
  return days.formatRange(Date.parse(from), Date.parse(to) - 1).replace(/\s*–\s*/u, " to ");
}
