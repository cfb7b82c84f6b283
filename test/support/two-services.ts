/** Two services with a year and a half behind them: releases, fixes, reverts, branches, bots, and names that are no markup. */
import { DAY, HOUR } from "#metrics/time.ts";
import { at, FakeHost } from "./fake-host.ts";

export const hostile = `=HYPERLINK("https://evil.example","x") <img src=x onerror=alert(1)> "; drop table event; -- 🚀`;
/** A name that a URL, a CSV file, a shell and a page each read in another way. */
export const oddName = `größe & "co"/a=b+c%20,d <b>`;

/** Until the end of June 2026. */
export function twoServices(): { shop: FakeHost; odd: FakeHost } {
  return { shop: aHistory(540, 9), odd: aHistory(200, 23) };
}

/** So many days before July 2026, a few commits a day, a release every so many days. */
function aHistory(days: number, every: number): FakeHost {
  const host = new FakeHost();
  const start = at("2026-06-30") - days * DAY;
  let release = 0;
  for (let day = 0; day < days; day++) {
    const noon = start + day * DAY + 12 * HOUR;
    work(host, day, noon);
    if (day % every !== every - 1) continue;
    release += 1;
    host.tag(`v1.${Math.floor(release / 3)}.${release % 3}`, { publishedAt: noon + 6 * HOUR });
    if (release % 4 === 0) host.tag(`v1.${release}.0-rc.1`, { publishedAt: noon });
  }
  return host;
}

function work(host: FakeHost, day: number, noon: number): void {
  const committedAt = noon + (day % 5) * HOUR;
  const authoredAt = committedAt - ((day * 7) % 90) * HOUR;
  if (day % 6 === 5) return;
  if (day % 11 === 3) {
    const side = host.branchCommit({ committedAt, authoredAt, title: `Side ${day}` });
    const parents = [host.head, side].filter((sha) => sha !== null);
    host.commit({
      committedAt: committedAt + HOUR,
      authoredAt: committedAt + HOUR,
      parents,
      changeNumber: day,
      title: `Merge pull request #${day}`,
    });
    return;
  }
  host.commit({
    committedAt,
    authoredAt: day % 50 === 49 ? null : authoredAt,
    title: day % 40 === 7 ? hostile : `Change (#${day})`,
    changeNumber: day,
    authorKind: day % 13 === 0 ? "bot" : "human",
  });
  const last = host.head;
  if (day % 17 === 2 && last !== null)
    host.commit({
      committedAt: committedAt + 2 * DAY,
      authoredAt: committedAt + 2 * DAY,
      title: `Revert "Change (#${day})"`,
      reverts: [{ sha: last }],
    });
}
