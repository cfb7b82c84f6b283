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
  project.pipeline();
  project.pipeline({ status: "running" });
  project.tag("v0.9.1", { of: project.commit({ on: "0-9-stable" }) });
}

/** New, changed, finished, relabelled, moved and gone. */
function happens(project: FakeProject): void {
  const [first, second] = project.mergeRequests;
  if (first !== undefined) project.note(first, "A late remark.");
  if (second !== undefined) project.merge(second);
  project.mergeRequest();
  for (const deployment of project.deployments.slice(1)) project.edit(deployment, { status: "success" });
  for (const pipeline of project.pipelines.slice(1)) project.edit(pipeline, { status: "failed" });
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
