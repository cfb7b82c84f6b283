/** A service of one team that works in the same way, week after week. */
import type { DeliveryEvent } from "#metrics/events.ts";
import { HOUR, WEEK } from "#metrics/time.ts";
import { aDeployment, anAlert } from "./builders.ts";
import { daily, times } from "./daily-work.ts";
import type { Reply } from "#server/contract.ts";
import { at } from "./fake-host.ts";
import type { Headway } from "./headway.ts";
import { aHeadway, told } from "./headway.ts";

const config = {
  ...told,
  services: [{ name: "acme/shop", team: "money", system: "tills", releaseClass: "cloud" }],
};

/** What is merged every working day, each deployed an hour after its merge. */
export function weeksOfOneTeam(from: string, hours: readonly number[]): readonly DeliveryEvent[] {
  const events = daily(from, hours);
  const merged = events.filter((event) => event.kind === "change");
  return [
    ...events,
    ...merged.map(({ mergeCommit, mergedAt }, index) =>
      aDeployment(`d-${index}`, mergeCommit, Number(mergedAt) + HOUR),
    ),
  ];
}

/** Slow for twenty weeks, which are frozen as a baseline, and fast since: it is the end of June 2026. */
export async function aTeamThatGotFaster(
  more: readonly (readonly DeliveryEvent[])[] = [],
  now = () => at("2026-06-30T12:00"),
): Promise<Headway> {
  const hours = [...times(20, 50), ...times(31, 4)];
  const headway = await aHeadway({ config, tells: [weeksOfOneTeam("2025-07-07", hours), ...more], now });
  const frozen = await headway.post("/api/baselines/freeze", {
    name: "Before",
    from: "2025-07-14",
    to: "2025-11-17",
    actor: "Ada",
  });
  if (frozen.status !== 200) throw new Error(frozen.text);
  return headway;
}

/** The same, but of the last weeks nothing is deployed: half of what is merged then may never arrive. */
export async function aTeamThatStoppedDeploying(weeks: number): Promise<Headway> {
  const until = at("2026-06-29") - weeks * WEEK;
  const events = weeksOfOneTeam("2025-07-07", [...times(20, 50), ...times(31, 4)]);
  const some = events.filter((event) => event.kind !== "deployment" || event.createdAt < until);
  const headway = await aHeadway({ config, tells: [some], now: () => at("2026-06-30T12:00") });
  const window = { from: "2025-07-14", to: "2025-11-17" };
  const frozen = await headway.post("/api/baselines/freeze", { name: "Before", ...window, actor: "Ada" });
  if (frozen.status !== 200) throw new Error(frozen.text);
  return headway;
}

/** A serious one of the service of that team. */
export function aSeriousAlert(id: string, openedAt: number, fixedAt: number | null): DeliveryEvent {
  return anAlert(id, openedAt, { fixedAt, severity: "high" });
}

/** Puts something into the programme, after whatever is there. */
export async function declare({ post, get }: Headway, list: string, thing: object): Promise<void> {
  const { version }: Reply<"/api/programme"> = (await get("/api/programme")).json();
  const follows = version?.version ?? null;
  const answer = await post("/api/programme/set", { change: { list, thing }, follows, actor: "Ada" });
  if (answer.status !== 200) throw new Error(answer.text);
}

/** Somebody agrees to the programme, unless it is said otherwise. */
export async function agree(headway: Headway, party: string, has: object = {}): Promise<void> {
  const thing = { id: party, party, about: "programme", answer: "agreed", day: "2026-06-20", ...has };
  await declare(headway, "consents", thing);
}
