import { describe } from "vitest";
import { keepsTheCollectorContract } from "#test/support/collector-contract.ts";
import { dependabot } from "#test/support/github/world.ts";
import { aCollector, aShop } from "./collecting.ts";
import type { Shop } from "./collecting.ts";

async function aBusyShop(): Promise<Shop> {
  const { host, shop } = await aShop();
  shop.push(120);
  const side = shop.loose({ message: "Fix on a release branch" });
  shop.tag("v1.0.0");
  shop.tag("v1.0.1", side.sha, shop.tick());
  shop.release("v1.1.0");
  for (let number = 0; number < 55; number++) shop.merge(shop.open());
  shop.open({ author: dependabot, isDraft: true });
  shop.review(shop.open(), "COMMENTED");
  shop.issue();
  shop.issue({ labels: ["bug"] });
  shop.deploy();
  shop.deploy(["QUEUED"]);
  shop.run();
  shop.run({ status: "in_progress", conclusion: null });
  return { host, shop };
}

function somethingHappens({ shop }: Shop): void {
  const [draft, reviewed] = shop.changes.slice(-2);
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
