import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gitHubRunner, gitLabRunner } from "#collectors/runner.ts";
import { classOf } from "#metrics/runners.ts";

/** As GitHub tells a job that a runner took. */
function taken(labels: readonly string[], group = "Default", name = "anna-laptop") {
  return { labels, runner_id: 7, runner_name: name, runner_group_name: group };
}

describe("a job of GitHub ran on", () => {
  it.each([
    ["a machine of GitHub, by its system", taken(["ubuntu-24.04"], "GitHub Actions"), "GitHub-hosted: Linux"],
    ["whatever its version is called", taken(["ubuntu-latest"], "GitHub Actions"), "GitHub-hosted: Linux"],
    [
      "another processor, which has another price",
      taken(["ubuntu-24.04-arm"], "GitHub Actions"),
      "GitHub-hosted: Linux arm",
    ],
    ["a smaller one", taken(["ubuntu-slim"], "GitHub Actions"), "GitHub-hosted: Linux slim"],
    [
      "Windows, whatever tools come with it",
      taken(["windows-2025-vs2026"], "GitHub Actions"),
      "GitHub-hosted: Windows",
    ],
    ["a larger Mac", taken(["macos-15-xlarge"], "GitHub Actions"), "GitHub-hosted: macOS xlarge"],
    [
      "a larger one by its own label",
      taken(["Ubuntu-16-Core"], "Default Larger Runners"),
      "GitHub-hosted: ubuntu-16-core",
    ],
    ["one's own, in whatever order its labels are", taken(["self-hosted", "linux", "GPU"]), "self-hosted: gpu, linux"],
    ["one's own without another label", taken(["self-hosted"]), "self-hosted"],
    ["what only its label says", taken(["build-pool"]), "by label: build-pool"],
    ["one that was made for this run", taken(["runs-on=17482913341/runner=4cpu"], "Default"), "by label: runner=4cpu"],
  ])("%s", (_, job, kind) => {
    expect(gitHubRunner(job)).toBe(kind);
  });

  it("nothing, where none took it, which is not the same as not being told", () => {
    expect(gitHubRunner({ labels: ["ubuntu-latest"], runner_id: null, runner_name: null })).toBeNull();
    expect(gitHubRunner({ labels: ["ubuntu-latest"], runner_id: 0, runner_name: "" })).toBeNull();
    expect(gitHubRunner({})).toBeUndefined();
    expect(gitHubRunner({ runner_id: 7, runner_name: "x" })).toBeUndefined();
  });
});

describe("a job of GitLab ran on", () => {
  it.each([
    ["one of the whole instance", { runner: { runner_type: "instance_type" }, tag_list: [] }, "GitLab instance"],
    [
      "one of a group, by its tags",
      { runner: { runner_type: "group_type" }, tag_list: ["linux", "Docker"] },
      "GitLab group: docker, linux",
    ],
    ["one of a project", { runner: { runner_type: "project_type" } }, "GitLab project"],
    ["one that is shared, of an older version", { runner: { is_shared: true }, tag_list: null }, "GitLab instance"],
    ["what nobody can say any more", { runner: null, tag_list: ["docker"] }, undefined],
    ["what an older version does not say", { runner: { is_shared: false } }, undefined],
    ["what is not told", {}, undefined],
  ])("%s", (_, job, kind) => {
    expect(gitLabRunner(job)).toBe(kind);
  });
});

describe("a kind of runner", () => {
  const label = fc.string({ maxLength: 12 });

  it("never holds the name of a machine, and is one whatever the order of the labels", () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 5 }), fc.constantFrom("GitHub Actions", "Default"), (labels, group) => {
        const found = gitHubRunner(taken(labels, group, "anna-lovelace-macbook"));

        expect(found).not.toContain("anna-lovelace-macbook");
        expect(gitHubRunner(taken(labels.toReversed(), group))).toBe(found);
      }),
    );
  });

  it("has a class that its labels do not change", () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 5 }), (labels) => {
        const found = gitHubRunner(taken(["self-hosted", ...labels]));

        expect(classOf(String(found))).toBe("self-hosted");
      }),
    );
  });
});
