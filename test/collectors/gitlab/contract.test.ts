import { describe } from "vitest";
import { keepsTheCollectorContract } from "#test/support/collector-contract.ts";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import type { FakeProject } from "#test/support/fake-gitlab-project.ts";
import { aCollector } from "./collecting.ts";

/** Some of everything: merged, open and closed changes, tags, deployments under way, incidents, pipelines. */
function fill(project: FakeProject): void {
  project.environment("production", "production");
  project.commit();
  project.tag("v1.0.0", { annotated: true });
  project.release("v1.0.0");
  const merged = project.mergeRequest();
  project.note(merged, "approved this merge request");
  project.merge(merged);
  project.mergeRequest({ draft: true });
  project.tag("v1.1.0");
  project.deploy();
  project.deploy({ status: "running", deployable: null });
  project.issue({ labels: ["incident"] });
  project.issue({ issue_type: "incident" });
  project.merge(project.mergeRequest({ description: "Closes #1" }));
  project.squash(project.mergeRequest({ description: "Closes #2" }));
  project.fastForward(project.mergeRequest());
  project.commit();
  project.job(project.pipeline());
  project.job(project.pipeline({ status: "running" }), { status: "running", finished_at: null });
  project.vulnerability();
  project.vulnerability();
  project.tag("v0.9.1", { of: project.commit({ on: "0-9-stable" }) });
}

/** New, changed, finished, relabelled, moved and gone. */
function happens(project: FakeProject): void {
  const [first, second] = project.mergeRequests;
  if (first !== undefined) project.note(first, "A late remark.");
  if (second !== undefined) project.merge(second);
  project.mergeRequest();
  for (const deployment of project.deployments.slice(1)) project.edit(deployment, { status: "success" });
  for (const change of project.mergeRequests.slice(2)) project.edit(change.payload, { labels: ["late"] });
  project.reopen(project.mergeRequest());
  for (const pipeline of project.pipelines.slice(1)) {
    project.edit(pipeline, { status: "failed" });
    project.job(pipeline);
  }
  project.commit({ files: ["pushed.ts"] });
  project.vulnerability();
  project.deploy({ sha: project.commit({ on: "hotfix" }) });
  for (const issue of project.issues.slice(0, 1)) project.edit(issue, { labels: ["bug"] });
  project.tags.pop();
  project.tag("v2.0.0");
}

describe("one project of a GitLab", () => {
  keepsTheCollectorContract(async () => {
    const fake = await aGitLab();
    const project = fake.project();
    fill(project);
    return { collector: () => aCollector(fake), change: () => happens(project) };
  });
});

describe("one project of a GitLab of which more is wanted", () => {
  keepsTheCollectorContract(async () => {
    const fake = await aGitLab();
    const project = fake.project();
    fill(project);
    const wants = { paths: true, jobs: [{ name: null, branch: null }] };
    return { collector: () => aCollector(fake, {}, { wants }), change: () => happens(project) };
  });
});

describe("a group of a GitLab", () => {
  keepsTheCollectorContract(async () => {
    const fake = await aGitLab();
    fill(fake.project("acme/shell"));
    fake.project("acme/tools/web").commit();
    return {
      collector: () => aCollector(fake, { group: "acme" }),
      change: () => {
        for (const project of fake.projects) happens(project);
        fake.project("acme/tools/new").commit();
      },
    };
  });
});
