import { describe, expect, it } from "vitest";
import type { Incident } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aCommit, aDeployment, aHosted, aLine, anIncident, factsOf } from "#test/support/builders.ts";

const T = 100 * DAY;
const line = aLine(aCommit("a", { authoredAt: T - DAY }), aCommit("b", { authoredAt: T - DAY }));
/** `a` at T, `b` a day later, `a` again two days later, and `b` in staging. */
const deployments = [
  aDeployment("1", "a", T),
  aDeployment("2", "b", T + DAY),
  aDeployment("3", "a", T + 2 * DAY),
  aDeployment("4", "b", T + 2 * DAY, { environment: "staging" }),
  aDeployment("5", "b", 0, { createdAt: T + 2 * DAY, statuses: [{ outcome: "failure", at: T + 2 * DAY }] }),
];

function linkOf(openedAt: number, has: Partial<Incident>) {
  const facts = factsOf(aHosted(line, { deployments, incidents: [anIncident("7", openedAt, has)] }));
  const [incident] = facts.incidents;
  const failed = facts.deployments.filter(({ failedBy }) => failedBy.includes("incident")).map(({ id }) => id);
  const named = facts.deployments.filter(({ incidents }) => incidents.includes("7")).map(({ id }) => id);
  expect(named).toEqual(failed);
  expect(failed).toEqual(incident?.deploymentId === null ? [] : [incident?.deploymentId]);
  return [incident?.linkedBy, incident?.deploymentId];
}

describe("an incident", () => {
  it("belongs to the deployment that it names, however long ago that was", () => {
    expect(linkOf(T + 30 * DAY, { deployment: "1" })).toEqual(["id", "1"]);
    expect(linkOf(T + 30 * DAY, { deployment: "2", causedBy: "a" })).toEqual(["id", "2"]);
  });

  it("belongs to the latest deployment of the commit that it names, not after it", () => {
    expect(linkOf(T + 30 * DAY, { causedBy: "a" })).toEqual(["sha", "3"]);
    expect(linkOf(T + 2 * DAY, { causedBy: "a" })).toEqual(["sha", "3"]);
    expect(linkOf(T + 2 * DAY - 1, { causedBy: "a" })).toEqual(["sha", "1"]);
    expect(linkOf(T + 2 * DAY, { causedBy: "B" })).toEqual(["sha", "2"]);
  });

  it.each<[string, Partial<Incident>]>([
    ["a deployment to staging", { deployment: "4" }],
    ["an attempt", { deployment: "5" }],
    ["a deployment that nobody knows", { deployment: "99" }],
    ["a deployment that nobody knows, and a commit that was deployed", { deployment: "99", causedBy: "a" }],
    ["a commit that was never deployed", { causedBy: "c" }],
    ["a commit that was deployed after it only", { causedBy: "b", openedAt: T + HOUR }],
  ])("that names %s belongs to none, and is not blamed on the latest", (_, has) => {
    expect(linkOf(T + HOUR, has)).toEqual(["none", null]);
  });

  it("without any reference belongs to the service's latest deployment of the 72 h before it", () => {
    expect(linkOf(T, {})).toEqual(["service-window", "1"]);
    expect(linkOf(T + DAY - 1, {})).toEqual(["service-window", "1"]);
    expect(linkOf(T + DAY, {})).toEqual(["service-window", "2"]);
    expect(linkOf(T + 2 * DAY + 72 * HOUR, {})).toEqual(["service-window", "3"]);
    expect(linkOf(T + 2 * DAY + 72 * HOUR + 1, {})).toEqual(["none", null]);
    expect(linkOf(T - 1, {})).toEqual(["none", null]);
  });

  it("is over when it is resolved; open it has no hours, and a clock that runs backwards gives none", () => {
    const hours = (resolvedAt: number | null) =>
      factsOf(aHosted(line, { incidents: [anIncident("7", T, { resolvedAt })] })).incidents[0]?.recoveryHours;

    expect([hours(T + 5 * HOUR), hours(T), hours(null), hours(T - 1)]).toEqual([5, 0, null, null]);
  });
});
