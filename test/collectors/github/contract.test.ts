import { describe } from "vitest";
import { keepsTheCollectorContract } from "#test/support/collector-contract.ts";
import { dependabot } from "#test/support/github/world.ts";
import { aCollector, aShop, aWanting } from "./collecting.ts";
import type { Shop } from "./collecting.ts";

/** By default more commits and changes than fit on a page. */
async function aBusyShop(commits = 120, changes = 55): Promise<Shop> {
  const { host, shop } = await aShop();
  shop.push(commits);
  const side = shop.loose({ message: "Fix on a release branch" });
  shop.tag("v1.0.0");
  shop.tag("v1.0.1", side.sha, shop.tick());
  shop.release("v1.1.0");
  for (let number = 0; number < changes; number++) shop.merge(shop.open());
  shop.open({ author: dependabot, isDraft: true });
  shop.review(shop.open(), "COMMENTED");
  shop.issue();
  shop.issue({ labels: ["bug"] });
  shop.deploy();
  shop.deploy(["QUEUED"]);
  shop.rerun(shop.run({ name: "Deploy", jobs: [{ id: 1, name: "deploy", conclusion: "success" }] }), "failure");
  shop.run();
  shop.run({ status: "in_progress", conclusion: null });
  for (const scan of ["code", "dependency", "secret"] as const)
    for (let number = 0; number < 3; number++) shop.alert({ scan });
  shop.open({ closes: [...shop.issues], files: ["a.ts", "b.ts"] });
  return { host, shop };
}

function somethingHappens({ shop }: Shop): void {
  const [draft, reviewed] = shop.changes.slice(-3);
  if (draft !== undefined) shop.ready(draft);
  if (reviewed !== undefined) shop.merge(reviewed);
  const late = shop.open();
  shop.close(late);
  const [incident, bug] = shop.issues;
  if (incident !== undefined) shop.relabel(incident, "bug");
  if (bug !== undefined) shop.relabel(bug, "incident");
  const pending = shop.deployments.at(-1);
  if (pending !== undefined) shop.status(pending, "SUCCESS");
  shop.deploy();
  Object.assign(shop.runs.at(-1) ?? {}, { status: "completed", conclusion: "failure", updatedAt: shop.tick() });
  shop.run();
  shop.rerun(shop.run({ name: "Deploy" }), "success");
  const [fixed, dismissed] = shop.alerts;
  if (fixed !== undefined) shop.endAlert(fixed, "fixed");
  if (dismissed !== undefined) shop.endAlert(dismissed, "dismissed");
  shop.alert({ scan: "secret" });
  shop.push(2);
  shop.tags.delete("v1.0.0");
  shop.tag("v2.0.0");
  shop.tag("v1.0.2", shop.loose().sha);
}

describe("a repository on GitHub", () => {
  keepsTheCollectorContract(async () => {
    const world = await aBusyShop();
    return { collector: () => aCollector(world.host), change: () => somethingHappens(world) };
  });
});

describe("a repository whose files, jobs and earlier attempts are wanted", () => {
  keepsTheCollectorContract(async () => {
    // Each commit that no change brought costs a request, and a page of changes with their files holds 25.
    const world = await aBusyShop(30, 28);
    const wants = { paths: true, jobs: [{ name: "Deploy", branch: null }] };
    return { collector: () => aWanting(world.host, wants), change: () => somethingHappens(world) };
  });
});

describe("a repository at an older server", () => {
  keepsTheCollectorContract(async () => {
    // Each change costs a request there.
    const world = await aBusyShop(20, 7);
    for (const field of ["PullRequest.closingIssuesReferences", "PullRequest.files"]) world.host.lacks.add(field);
    return { collector: () => aWanting(world.host, { paths: true }), change: () => somethingHappens(world) };
  });
});

describe("two repositories of an organisation, read side by side", () => {
  keepsTheCollectorContract(async () => {
    const world = await aBusyShop();
    const other = world.host.repository("other");
    other.push(3);
    other.merge(other.open());
    return {
      collector: () => aCollector(world.host, { organization: "acme" }),
      change: () => {
        somethingHappens(world);
        other.merge(other.open());
      },
    };
  });
});
