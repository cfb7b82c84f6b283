import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Commit, Issue, MergeRequest, Note, Project } from "#collectors/gitlab/payloads.ts";
import { FakeProject } from "#test/support/fake-gitlab-project.ts";
import type { Payload } from "#test/support/fake-gitlab-project.ts";

/** Real answers of GitLab.com, with people, titles and addresses taken out. */
const recorded: Record<string, Payload | Payload[]> = JSON.parse(
  readFileSync(new URL("../../fixtures/gitlab/recorded.json", import.meta.url), "utf8"),
);

function payloadsOf(name: string): Payload[] {
  return [recorded[name] ?? []].flat();
}

/** What the stand-in host answers with, by the name of the recorded answer. */
function fakes(): Record<string, Payload> {
  const project = new FakeProject(7, "acme/shell");
  project.commit();
  const change = project.mergeRequest();
  project.note(change, "Why?");
  const [commits = {}, notes = {}] = [change.commits[0], change.notes[0]];
  return {
    project: project.payload,
    mergeRequests: change.payload,
    mergeRequestCommits: commits,
    notes,
    issues: project.issue(),
  };
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}

/** Fields of one that the other has too, with another kind of value; `null` goes with everything. */
function differences(fake: Payload, real: Payload): string[] {
  return Object.keys(fake).filter((key) => {
    const kinds = new Set([kindOf(fake[key]), kindOf(real[key])]);
    return !kinds.has("null") && !kinds.has("undefined") && kinds.size > 1;
  });
}

describe("answers of a real GitLab", () => {
  it.each([
    ["project", Project],
    ["mergeRequests", MergeRequest],
    ["mergeRequestCommits", Commit],
    ["issues", Issue],
    ["oldIssues", Issue],
    ["notes", Note],
  ])("are understood: %s", (name, shape) => {
    const complaints = payloadsOf(name).map((payload) => shape.safeParse(payload).error?.issues);

    expect(payloadsOf(name).length).toBeGreaterThan(0);
    expect(complaints.filter((complaint) => complaint !== undefined)).toEqual([]);
  });

  it.each(["project", "mergeRequests", "mergeRequestCommits", "issues", "notes"])(
    "have the shape of the stand-in's: %s",
    (name) => {
      const { [name]: fake = {} } = fakes();
      const [real = {}] = payloadsOf(name);

      expect(Object.keys(fake).filter((key) => key in real).length).toBeGreaterThan(5);
      expect(differences(fake, real)).toEqual([]);
    },
  );
});
