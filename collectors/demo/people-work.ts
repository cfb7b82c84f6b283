/** What the people of a team begin, day by day, and what becomes of it. */
import type { Change } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, MINUTE } from "#metrics/time.ts";
import type { Person } from "../people.ts";
import type { Chance } from "./chance.ts";
import { BACKBONE } from "./company.ts";
import { giveUp, label, makeReady, merge, openChange, push, respond } from "./changes.ts";
import type { OpenChange } from "./changes.ts";
import { checkTrunk } from "./checks.ts";
import { deliver } from "./delivery.ts";
import type { Merged, Scene } from "./scene.ts";
import { CHANGE_TITLES, UPKEEP_TITLES } from "./titles.ts";
import { windowFrom } from "./work-days.ts";

const WORKDAYS = 5;
/** How people differ from one change to the next: standard deviations of logarithms. */
const SPREAD = { lines: 0.9, coding: 0.9, pickup: 0.9, review: 0.9 } as const;
const DRAFTS = 0.12;
const GIVEN_UP = 0.05;
const ASKED_FOR = 0.6;
const UPKEEP = 0.05;

/** Plans all days, each when the one before it begins. */
export function planPeople(scene: Scene, from: Instant): void {
  const { from: opens, to: closes, day } = scene.daysAt(from).dayFrom(from);
  scene.agenda.plan(opens, (now) => {
    if (!scene.isOpen(now)) return;
    const drawn = scene.chance("day", day);
    const mean = (scene.practiceAt(now).changesPerWeek * scene.service.weight * season(day)) / WORKDAYS;
    const count = drawn.count(mean);
    for (let turn = 0; turn < count; turn += 1) {
      const own = scene.chance("work", day, turn);
      scene.agenda.plan(own.between(opens, closes), (at) => begin(scene, at, own, `${day}-${turn}`));
    }
    planPeople(scene, now + MINUTE);
  });
}

/** Summers and the end of the year are slow. */
function season(day: number): number {
  const date = new Date(day * DAY);
  const [month, of] = [date.getUTCMonth(), date.getUTCDate()];
  if (month === 6) return 0.8;
  if (month === 7) return 0.65;
  return (month === 11 && of >= 20) || (month === 0 && of <= 5) ? 0.4 : 1;
}

/** Some of the work keeps what is there in order, whatever the way of working: drawn by itself, so that nothing else is another for it. */
function titleOf(scene: Scene, name: string, usual: string): string {
  const drawn = scene.chance("upkeep", name);
  return drawn.isLess(UPKEEP) ? drawn.pick(UPKEEP_TITLES) : usual;
}

/** The first commit; the change is opened when the coding is done, or before as a draft. */
function begin(scene: Scene, at: Instant, drawn: Chance, name: string): void {
  const { lines, codingHours } = scene.practiceAt(at);
  const size = Math.max(1, Math.round(drawn.around(lines, SPREAD.lines)));
  const hours = drawn.around(codingHours, SPREAD.coding);
  const days = scene.daysAt(at);
  const readyAt = days.after(at, hours);
  const draftAt = drawn.isLess(DRAFTS) ? days.after(at, hours / 2) : null;
  const [author, reviewer] = scene.pair(drawn, at);
  const opensAt = draftAt ?? readyAt;
  const commits = commitsOf(scene, name, at, opensAt, size);
  const requestedAt = drawn.isLess(ASKED_FOR) ? askedFor(scene, at, at - drawn.around(6 * DAY, 1), name) : null;
  const base = scene.trunk.head;
  scene.agenda.plan(opensAt, (now) => {
    const change = openChange(scene, now, {
      ...authorOf(scene, author, drawn, now),
      title: titleOf(scene, name, drawn.pick(CHANGE_TITLES)),
      branch: `work/${name}`,
      labels: [],
      lines: size,
      commits,
      base,
      isDraft: draftAt !== null,
      requestedAt: requestedAt === null ? null : Math.floor(requestedAt / 1e3) * 1e3,
    });
    if (draftAt === null) return waitForReview(scene, now, change, drawn, reviewer);
    scene.agenda.plan(readyAt, (ready) => {
      makeReady(scene, ready, change);
      waitForReview(scene, ready, change, drawn, reviewer);
    });
  });
}

/** When the issue of a change was opened. What is cut into smaller changes is still one issue: a change half as large as before is half of what was asked for. */
function askedFor(scene: Scene, at: Instant, openedAt: Instant, name: string): Instant {
  const { before } = scene.teamAt(at);
  const isNext = scene.chance("asked", name).isLess(scene.practiceAt(at).lines / before.lines);
  const { backlog } = scene;
  if (isNext || backlog.openedAt === null) backlog.openedAt = openedAt;
  return backlog.openedAt;
}

/** Later on, some changes are written by an agent. */
function authorOf(scene: Scene, person: Person, drawn: Chance, at: Instant): Person {
  return drawn.isLess(scene.agentShareAt(at)) ? scene.agent : person;
}

function commitsOf(scene: Scene, name: string, from: Instant, to: Instant, lines: number): Change["commits"] {
  const count = 1 + scene.chance("commits", name).count(Math.min(4, lines / 120));
  return Array.from({ length: count }, (_, index) => ({
    sha: scene.sha("commit", name, index),
    authoredAt: Math.floor((from + ((to - from) * index) / count) / 1000) * 1000,
  }));
}

function waitForReview(scene: Scene, at: Instant, change: OpenChange, drawn: Chance, reviewer: Person): void {
  const { pickupHours, unreviewedShare, forgottenShare } = scene.practiceAt(at);
  const days = scene.daysAt(at);
  if (drawn.isLess(unreviewedShare)) {
    scene.agenda.plan(days.after(at, drawn.around(1, 0.8)), (now) => mergeWork(scene, now, change));
    return;
  }
  if (drawn.isLess(forgottenShare)) {
    scene.agenda.plan(at + drawn.between(60, 120) * DAY, (now) => giveUp(scene, now, change));
    return;
  }
  scene.agenda.plan(days.after(at, drawn.around(pickupHours, SPREAD.pickup)), (now) =>
    review(scene, now, change, drawn, reviewer),
  );
}

/** One that takes long asks for another commit before it is approved. */
function review(scene: Scene, at: Instant, change: OpenChange, drawn: Chance, reviewer: Person): void {
  const hours = drawn.around(scene.practiceAt(at).reviewHours, SPREAD.review);
  const endsAt = scene.daysAt(at).after(at, hours);
  const isGivenUp = drawn.isLess(GIVEN_UP);
  const end = (now: Instant, final: OpenChange) => {
    if (isGivenUp) giveUp(scene, now, final);
    else mergeOrWait(scene, now, final, drawn);
  };
  if (endsAt - at < 2 * HOUR) {
    respond(scene, at, change, "approval", reviewer);
    scene.agenda.plan(endsAt, (now) => end(now, change));
    return;
  }
  respond(scene, at, change, "review", reviewer);
  scene.agenda.plan(scene.daysAt(at).after(at, hours * 0.6), (now) => {
    const pushed = push(scene, now, change, scene.sha("more", change.number));
    scene.agenda.plan(endsAt, (later) => {
      respond(scene, later, pushed, "approval", reviewer);
      end(later, pushed);
    });
  });
}

/** What needs the backbone is not merged before its next window has passed. */
function mergeOrWait(scene: Scene, at: Instant, change: OpenChange, drawn: Chance): void {
  if (scene.service.backbone !== "waits" || !drawn.isLess(scene.waitShare)) return mergeWork(scene, at, change);
  label(scene, at, change, `blocked:${BACKBONE}`);
  const opens = windowFrom(at, scene.backboneZone);
  scene.agenda.plan(scene.daysAt(at).after(opens, drawn.between(1, 6)), (now) => mergeWork(scene, now, change));
}

function mergeWork(scene: Scene, at: Instant, change: OpenChange): void {
  if (!scene.isOpen(at)) return giveUp(scene, at, change);
  const { merges } = scene.service;
  mergedInto(scene, at, merge(scene, at, change, { merges }));
}

/** Tested, and delivered once it is good. */
export function mergedInto(scene: Scene, at: Instant, merged: Merged): void {
  checkTrunk(scene, at, merged, (now) => deliver(scene, now));
}
