/** What programs open: updates of dependencies, and what scanners find. */
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import { giveUp, merge, openChange, respond } from "./changes.ts";
import type { OpenChange } from "./changes.ts";
import { mergedInto } from "./people-work.ts";
import type { Scene } from "./scene.ts";
import { identity } from "./scene.ts";
import { DEPENDENCIES } from "./titles.ts";

const UPDATES_PER_WEEK = 0.7;
const SUPERSEDED = 0.15;
const ALERTS_PER_WEEK = 0.08;
const DISMISSED = 0.1;

/** Every Monday before anybody works, as long as the repository lives. */
export function planBots(scene: Scene, monday: Instant, week: number): void {
  scene.agenda.plan(monday + 5 * HOUR, (now) => {
    if (!scene.isOpen(now)) return;
    const drawn = scene.chance("week", week);
    const [updates, alerts] = [drawn.count(UPDATES_PER_WEEK), drawn.count(ALERTS_PER_WEEK)];
    for (let turn = 0; turn < updates; turn += 1) planUpdate(scene, now, week, turn);
    for (let turn = 0; turn < alerts; turn += 1)
      scene.agenda.plan(now + drawn.between(0, 7) * DAY, (at) => alert(scene, at, `${week}-${turn}`));
    planBots(scene, monday + 7 * DAY, week + 1);
  });
}

function planUpdate(scene: Scene, at: Instant, week: number, turn: number): void {
  const drawn = scene.chance("update", week, turn);
  scene.agenda.plan(at + turn * MINUTE, (now) => {
    const dependency = drawn.pick(DEPENDENCIES);
    const sha = scene.sha("update", week, turn);
    const change = openChange(scene, now, {
      ...scene.bot,
      title: `Update ${dependency} to ${1 + Math.floor(week / 40)}.${week % 40}.${turn}`,
      branch: `update/${dependency}-${week}-${turn}`,
      labels: ["dependencies"],
      lines: 2 + drawn.count(6),
      isDraft: false,
      requestedAt: null,
      commits: [
        {
          sha,
          authoredAt: now,
        },
      ],
      base: scene.trunk.head,
    });
    if (drawn.isLess(SUPERSEDED)) {
      scene.agenda.plan(now + 7 * DAY, (later) => giveUp(scene, later, change));
      return;
    }
    const waits = drawn.around(2 * scene.practiceAt(now).pickupHours, 0.8);
    scene.agenda.plan(scene.daysAt(now).after(now, waits), (later) => approve(scene, later, change));
  });
}

function approve(scene: Scene, at: Instant, change: OpenChange): void {
  if (!scene.isOpen(at)) return giveUp(scene, at, change);
  const [person] = scene.pair(scene.chance("approve", change.number), at);
  respond(scene, at, change, "approval", person);
  scene.agenda.plan(at + 5 * MINUTE, (now) =>
    mergedInto(scene, now, merge(scene, now, change, { merges: scene.service.merges })),
  );
}

function alert(scene: Scene, at: Instant, id: string): void {
  const drawn = scene.chance("alert", id);
  const severity = drawn.pick(["critical", "high", "high", "medium", "medium", "medium", "low"] as const);
  const scan = drawn.pick(["dependency", "dependency", "dependency", "code"] as const);
  const title = scan === "code" ? "Input is used unchecked" : `Known weakness in ${drawn.pick(DEPENDENCIES)}`;
  scene.host.keep(
    {
      kind: "alert",
      ...identity(scene, id),
      scan,
      severity,
      url: null,
      title,
      openedAt: at,
      fixedAt: null,
      dismissedAt: null,
    },
    at,
  );
  const end = drawn.isLess(DISMISSED) ? "dismissedAt" : "fixedAt";
  scene.agenda.plan(at + drawn.around(12, 1) * (scene.practiceAt(at).pickupHours / 7) * DAY, (now) =>
    scene.host.change("alert", id, now, (before) => ({ ...before, [end]: now })),
  );
}
