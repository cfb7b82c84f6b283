import fc from "fast-check";
import { expect, it } from "vitest";
import type { Collector } from "#collectors/collector.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";

type Step = (host: FakeHost) => void;

/** Work, and releases of it, some on one instant, some of commits that have one already. */
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 4 }), isBot: fc.boolean() }).map(({ count, isBot }): Step => (host) => {
    for (let made = 0; made < count; made++) host.commit({ authorKind: isBot ? "bot" : "human" });
  }),
  fc.nat(20).map((of): Step => (host) => {
    host.commit({ title: "Revert it", reverts: [{ sha: host.commits.at(-of)?.id ?? "none" }] });
  }),
  fc.record({ minor: fc.nat(3), patch: fc.nat(2), day: fc.nat(150) }).map(({ minor, patch, day }): Step => (host) => {
    host.tag(`v1.${minor}.${patch}`, { publishedAt: at("2026-01-01") + day * 24 * 3_600_000 });
  }),
);

const QUESTIONS = [
  "/api/measures?from=2026-01-01&to=2026-06-30",
  "/api/measures?from=2026-01-01&to=2026-06-30&interval=month&bots=in",
  "/api/measures?from=2026-01-01&to=2026-06-30&interval=month&told=numbers",
  "/api/measures?from=2026-02-01&to=2026-03-01&interval=day&time=working&open=dropped",
  "/api/rows?metric=lead-time-commit&from=2026-01-01&to=2026-06-30",
  "/api/rows?metric=change-fail-rate&from=2026-01-01&to=2026-06-30",
  "/api/leadership?from=2026-01-01&to=2026-06-30",
];

async function answersOf(collectors: readonly Collector[]): Promise<readonly unknown[]> {
  const installation = await anInstallation({ collectors });
  await synced(installation);
  const { get } = await serve(installation);
  const answers = [];
  for (const question of QUESTIONS) answers.push(numbersOf((await get(question)).json()));
  return answers;
}

/** Without what counts repositories or says which there are. */
function numbersOf({ measures, sentence, quality, rows, whole, total, five }: Record<string, unknown>): unknown {
  return { measures, sentence, quality, rows, whole, total, five };
}

it("an empty repository beside another changes no number, whatever happened in that one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 1, maxLength: 12 }), async (steps) => {
      const host = new FakeHost();
      for (const step of steps) step(host);
      const empty = new FakeHost();

      const alone = await answersOf([host.collector()]);

      expect(await answersOf([host.collector(), empty.collector({ source: "fake:empty", name: "empty" })])).toEqual(
        alone,
      );
    }),
    { numRuns: 8 },
  );
});
