import fc from "fast-check";
import { expect, it } from "vitest";
import { fromTheBeginning, Known, leftBehind } from "#test/support/collector-contract.ts";
import { aRepository } from "#test/support/git-repository.ts";
import type { GitRepository } from "#test/support/git-repository.ts";
import { aCollector } from "./collecting.ts";

/** What people do to repositories. Numbers choose among what is there, so that choices collide. */
const Mutation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("commit"), on: fc.constantFrom("main", "topic"), at: fc.nat(20) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("merge"), into: fc.constantFrom("main", "topic") }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant("tag"), name: fc.nat(3), at: fc.nat(20), annotated: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("nested"), name: fc.nat(3), of: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("untag"), name: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("force"), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("orphan") }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("checkout"), branch: fc.constantFrom("main", "topic") }) },
);
type Mutation = typeof Mutation extends fc.Arbitrary<infer Value> ? Value : never;

/** A repository under change: every commit ever made, and which tags there are. */
class Story {
  readonly repository: GitRepository = aRepository();
  readonly #shas = [this.repository.commit()];
  readonly #tags = new Map<number, string>();

  tell(mutation: Mutation): void {
    switch (mutation.does) {
      case "commit":
        this.#shas.push(this.repository.commit({ on: mutation.on, authored: `${mutation.at} +0000` }));
        break;
      case "merge":
        this.#merge(mutation.into);
        break;
      case "tag":
        this.#tags.set(
          mutation.name,
          this.repository.tag(`v${mutation.name}`, { of: this.#any(mutation.at), annotated: mutation.annotated }),
        );
        break;
      case "nested":
        this.#nest(mutation.name, mutation.of);
        break;
      case "untag":
        if (this.#tags.delete(mutation.name)) this.repository.deleteTag(`v${mutation.name}`);
        break;
      case "force":
        this.repository.branch("main", this.#any(mutation.at));
        break;
      case "orphan":
        this.#shas.push(this.repository.commit({ parents: [], message: "Unrelated" }));
        break;
      case "checkout":
        this.repository.checkout(mutation.branch);
        break;
    }
  }

  #any(choice: number): string {
    return this.#shas[choice % this.#shas.length] ?? "";
  }

  #merge(into: string): void {
    const from = into === "main" ? "topic" : "main";
    if (this.repository.head(into) === null || this.repository.head(from) === null) return;
    this.#shas.push(this.repository.merge([from], { into }));
  }

  #nest(name: number, of: number): void {
    const inner = this.#tags.get(of);
    if (inner === undefined || this.#shas.includes(inner)) return;
    this.#tags.set(name, this.repository.tag(`v${name}`, { of: inner, type: "tag", annotated: true }));
  }
}

it("collecting again and again as a repository changes knows what collecting it once at the end knows; only commits that nothing leads to may be left over", async () => {
  const stories = fc.array(fc.array(Mutation, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

  await fc.assert(
    fc.asyncProperty(stories, async (chapters) => {
      const story = new Story();
      const collector = () => aCollector({ path: story.repository.path }, { batchSize: 3 });
      const known = await fromTheBeginning(collector());

      for (const chapter of chapters) {
        for (const mutation of chapter) story.tell(mutation);
        await known.take(collector());
      }

      const fresh = await fromTheBeginning(collector());
      expect(known.without(leftBehind(known, fresh))).toEqual(fresh.events);
      expect((await new Known(known).take(collector())).batches).toBe(0);
    }),
    { numRuns: 30 },
  );
  // Each story starts git some hundred times.
}, 180_000);
