/** What becomes of a deployment that fails: an incident, a rollback, a revert or a hotfix, and when everything is well again. */
import type { Instant } from "#metrics/time.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import type { Chance } from "./chance.ts";
import { merge, openChange, respond } from "./changes.ts";
import { openIncident, resolveIncident } from "./incidents.ts";
import type { Merged, Scene } from "./scene.ts";

/** How a failure ends, as shares; what is left is an incident that ends without a deployment. */
const ROLLED_BACK = 0.25;
const REVERTED = 0.15;
const HOTFIXED = 0.25;
/** Of those: how many are incidents as well. */
const ALSO_INCIDENT = 0.5;
/** Repairs take between so many hours, whatever was drawn. */
const [SHORTEST, LONGEST] = [0.4, 100];
const ROLL_MINUTES = 5;

type Repair = "none" | "rollback" | "revert" | "hotfix";

/** How repairs get out. */
export interface Ways {
  /** A deployment that begins at one instant and succeeds at another. */
  readonly roll: (scene: Scene, at: Instant, successAt: Instant, what: Merged) => void;
  /** A release that is published. */
  readonly putLive: (scene: Scene, at: Instant, what: Merged) => void;
  /** What had to wait goes out. */
  readonly deliver: (scene: Scene, at: Instant) => void;
}

interface Failure {
  readonly ways: Ways;
  readonly id: string;
  readonly failed: Merged;
  readonly at: Instant;
  readonly wellAt: Instant;
}

/** Decides whether a deployment that has just succeeded fails. While one is being repaired nothing else goes out. */
export function fail(scene: Scene, at: Instant, id: string, ways: Ways): void {
  const { production } = scene;
  const failed = production.live;
  const { failShare, recoveryHours } = scene.practiceAt(at);
  const drawn = scene.chance("fail", id);
  if (failed === null || !drawn.isLess(failShare)) return;
  production.isRecovering = true;
  const hours = Math.min(LONGEST, Math.max(SHORTEST, drawn.around(recoveryHours, 0.9)));
  const failure: Failure = { ways, id, failed, at, wellAt: at + hours * HOUR };
  const repair = repairOf(scene, failed, drawn);
  if (repair === "none" || drawn.isLess(ALSO_INCIDENT)) blame(scene, failure, drawn);
  switch (repair) {
    case "none":
      scene.agenda.plan(failure.wellAt, (now) => recovered(scene, now, failure));
      return;
    case "rollback":
      return rollBack(scene, failure);
    case "revert":
      return revert(scene, failure, drawn);
    case "hotfix":
      return hotfix(scene, failure, drawn);
  }
}

function recovered(scene: Scene, at: Instant, { ways }: Failure): void {
  scene.production.isRecovering = false;
  ways.deliver(scene, at);
}

/** What was itself a repair is put right without another deployment. */
function repairOf({ service: { known }, production: { previous } }: Scene, failed: Merged, drawn: Chance): Repair {
  const share = drawn.unit();
  const isFirst = previous === null || previous.place >= failed.place;
  if (failed.isRepair || isFirst || share > ROLLED_BACK + REVERTED + HOTFIXED) return "none";
  if (share > ROLLED_BACK + REVERTED) return "hotfix";
  if (known === "releases") return "none";
  return share > ROLLED_BACK ? "revert" : "rollback";
}

/** Most incidents say which deployment they are about, some its commit, some nothing. */
function blame(scene: Scene, { id, failed, at, wellAt }: Failure, drawn: Chance): void {
  const says = drawn.pick(["id", "id", "id", "sha", "nothing"] as const);
  const noticedAt = at + Math.min(drawn.around(25, 0.8) * MINUTE, (wellAt - at) / 2);
  scene.agenda.plan(noticedAt, (now) => {
    const incident = openIncident(scene, now, {
      deployment: says === "id" ? id : null,
      causedBy: says === "sha" && scene.service.known === "deployments" ? failed.sha : null,
    });
    scene.agenda.plan(wellAt, (later) => resolveIncident(scene, later, incident));
  });
}

/** What went out comes back, and goes out again only with something newer. */
function rollBack(scene: Scene, failure: Failure): void {
  const { ways, failed, wellAt } = failure;
  const { production } = scene;
  const back = production.previous;
  if (back === null) return;
  scene.agenda.plan(wellAt - ROLL_MINUTES * MINUTE, (now) => {
    production.takenBack = failed.place;
    ways.roll(scene, now, wellAt, { ...back, isRepair: true });
  });
  scene.agenda.plan(wellAt, (now) => recovered(scene, now, failure));
}

function revert(scene: Scene, failure: Failure, drawn: Chance): void {
  const { merged } = scene.trunk;
  const target = merged.slice(0, failure.failed.place + 1).findLast(({ number }) => number !== null) ?? failure.failed;
  repair(scene, failure, drawn, { title: `Revert "${target.title}"`, labels: [], reverts: [{ sha: target.sha }] });
}

function hotfix(scene: Scene, failure: Failure, drawn: Chance): void {
  repair(scene, failure, drawn, { title: "Mend what the last release broke", labels: ["hotfix"], reverts: [] });
}

interface RepairChange {
  readonly title: string;
  readonly labels: readonly string[];
  readonly reverts: readonly { readonly sha: string }[];
}

/** A change in a hurry, merged and rolled out past every plan. */
function repair(scene: Scene, failure: Failure, drawn: Chance, { reverts, ...told }: RepairChange): void {
  const { ways, id, at, wellAt } = failure;
  const part = (share: number) => at + share * (wellAt - at);
  const [author, reviewer] = scene.pair(drawn, at);
  scene.agenda.plan(part(0.3), (now) => {
    const change = openChange(scene, now, {
      ...author,
      ...told,
      branch: `repair/${id}`,
      lines: 1 + drawn.count(12),
      isDraft: false,
      requestedAt: null,
      commits: [
        {
          sha: scene.sha("repair of", id),
          authoredAt: now,
        },
      ],
      base: scene.trunk.head,
    });
    // In a hurry it is merged first and looked at afterwards.
    scene.agenda.plan(part(0.8), (later) => respond(scene, later, change, "approval", reviewer));
    scene.agenda.plan(part(0.6), (later) => {
      const merged = merge(scene, later, change, { merges: "squash", reverts, isRepair: true });
      scene.agenda.plan(Math.max(later, wellAt - ROLL_MINUTES * MINUTE), (out) => {
        if (scene.service.known === "deployments") ways.roll(scene, out, wellAt, merged);
        else scene.agenda.plan(wellAt, (end) => ways.putLive(scene, end, merged));
      });
      scene.agenda.plan(wellAt, (end) => recovered(scene, end, failure));
    });
  });
}
