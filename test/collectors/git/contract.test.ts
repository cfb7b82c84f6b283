import { describe } from "vitest";
import { aFolder, aRepository } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";
import { keepsTheCollectorContract } from "#test/support/collector-contract.ts";
import { aCollector } from "./collecting.ts";

/** Seven commits with a merge, a release branch and tags of all kinds. */
function aHistory(): GitRepository {
  const repository = aRepository();
  const [first = "", second = ""] = repository.commits(3);
  repository.tag("v1.0.0", { of: first, annotated: true });
  repository.tag("v1.1.0", { of: second });
  repository.branch("topic", second);
  repository.commit({ on: "topic", tree: repository.tree({ "a.ts": "1", "lib/b.ts": "1" }) });
  repository.merge(["topic"]);
  repository.branch("release", first);
  repository.commit({ on: "release", message: "Fix (#7)" });
  repository.tag("v1.0.1", { of: repository.head("release") ?? "" });
  return repository;
}

/** New work, a force-push of the release branch, and tags that are new, moved and gone. */
function somethingHappens(repository: GitRepository): void {
  const [last = ""] = repository.commits(2, { tree: repository.tree({ "lib/b.ts": "2" }) });
  repository.tag("v2.0.0", { of: last });
  repository.deleteTag("v1.1.0");
  repository.branch("release", repository.commit({ on: null, message: "Another fix", parents: [last] }));
  repository.tag("v1.0.1", { of: repository.head("release") ?? "" });
}

describe("a repository on this machine", () => {
  keepsTheCollectorContract(() => {
    const repository = aHistory();
    return {
      collector: () => aCollector({ path: repository.path }, { batchSize: 2 }),
      change: () => somethingHappens(repository),
    };
  });
});

describe("a repository that is cloned", () => {
  keepsTheCollectorContract(() => {
    const repository = aHistory();
    const dataFolder = aFolder();
    return {
      collector: () => aCollector({ url: repository.url }, { batchSize: 2, dataFolder }),
      change: () => somethingHappens(repository),
    };
  });
});

describe("a repository of which the files of commits are asked for", () => {
  keepsTheCollectorContract(() => {
    const repository = aHistory();
    return {
      collector: () => aCollector({ path: repository.path }, { batchSize: 2, paths: true }),
      change: () => somethingHappens(repository),
    };
  });
});
