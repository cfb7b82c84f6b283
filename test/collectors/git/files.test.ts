import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Layout } from "#metrics/events.ts";
import { aRepository } from "#test/support/git-repository.ts";
import { aCollector, collect, read } from "./collecting.ts";
import type { Collected } from "./collecting.ts";

/** What was told of the files; in what was read before, nothing. */
function layouts({ batches }: Collected): readonly Layout[] {
  return batches.flatMap(({ events }) => events.flatMap((event) => (event.kind === "layout" ? [event] : [])));
}

/** Its kinds of files with their paths. */
function hints([layout]: readonly Layout[]): unknown {
  return layout?.folders.flatMap((folder) => folder.hints.map(({ sort, examples }) => [sort, examples]));
}

describe("the files at the end of the default branch", () => {
  it("tell what they are, and are told again only when they may be others", async () => {
    const repository = aRepository();
    repository.commit({ tree: repository.tree({ "openapi.yaml": "1", "src/größe.ts": "1", CODEOWNERS: "*" }) });
    const first = await read(repository);
    repository.tag("v1.0.0");
    const tagged = await read(repository, first.cursor);
    repository.commit({ tree: repository.tree({ "db/migrate/20240101000000_a.rb": "1" }) });
    const second = await read(repository, tagged.cursor);

    expect(layouts(first)).toMatchObject([{ repository: "shop", id: "shop", files: 3, isWhole: true }]);
    expect(hints(layouts(first))).toEqual([
      ["code-owners", ["CODEOWNERS"]],
      ["openapi", ["openapi.yaml"]],
    ]);
    expect(layouts(tagged)).toEqual([]);
    expect(hints(layouts(second))).toEqual([["migrations", ["db/migrate/20240101000000_a.rb"]]]);
  });

  it("are told of what was read before anybody looked at them", async () => {
    const repository = aRepository();
    repository.commit({ tree: repository.tree({ "main.tf": "1" }) });
    const { cursor } = await read(repository);
    const earlier = JSON.stringify({ ...JSON.parse(String(cursor)), sorts: undefined });

    const later = await read(repository, earlier);

    expect(hints(layouts(later))).toEqual([["infrastructure-code", ["main.tf"]]]);
    expect(later.commits).toEqual([]);
  });

  it("hold nothing else up where they cannot be listed", async () => {
    const repository = aRepository();
    repository.commit({ tree: repository.tree({ "lib/deep/a.ts": "1" }) });
    const folder = repository.git("rev-parse", "HEAD:lib").trim();
    rmSync(repository.objectFile(folder));

    const all = await collect(aCollector({ path: repository.path }));

    expect(all.commits).toHaveLength(1);
    expect(layouts(all)).toEqual([]);
    expect(all.notices).toEqual(["files-unlisted"]);
  });
});
