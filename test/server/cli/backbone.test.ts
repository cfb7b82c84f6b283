import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { printProgramme } from "#config/programme.ts";
import { anInitiative, aProgramme, aUseCase, months } from "#test/metrics/programme/declared.ts";
import { aShop, headway } from "./support.ts";

describe("headway report --page backbone", () => {
  it("tells what changes waited for, value against effort, the roadmap, and forecast against actual", async () => {
    const { path } = aShop();
    const file = join(mkdtempSync(join(tmpdir(), "headway-")), "programme.yaml");
    const layer = anInitiative("layer", { title: "The layer", benefit: null, plan: months("2026-01", 6, 10_000) });
    const app = anInitiative("app", { title: "The app", needs: ["layer"], plan: months("2026-05", 3, 5000) });
    const actuals = [{ month: "2026-05", cost: 6000, benefit: 100 }];
    const useCases = [aUseCase("instant", { title: "Instant payments" })];
    writeFileSync(file, printProgramme(aProgramme({ useCases, initiatives: [layer, { ...app, actuals }] })));
    const kept = await headway(path, `programme import ${file} --by Ada`);
    const text = await headway(path, "report --page backbone");
    const json = await headway(path, "report --page backbone --json");
    const refused = await headway(path, "report --page backbone --format md");

    expect(kept.code, kept.stderr).toBe(0);
    expect(text.stdout).toContain("Missing for a first assessment\n- Say in one sentence what all of it is for");
    expect(text.stdout).toContain("2 initiatives: €75K planned, €6K spent. 1 initiative begins before what it needs.");
    expect(text.stdout).toMatch(/^- The app \(Instant payments\): €[\d.]+K/m);
    expect(text.stdout).toMatch(/^- 2026-Q2, €40K planned, €6K spent; begins: The app; ends: The layer$/m);
    expect(text.stdout).toMatch(/^- The app begins before The layer ends \(2026-06\), which it needs/m);
    expect(text.stdout).toMatch(/^- The longest chain of what is ahead takes 9 months: The layer, then The app\.$/m);
    expect(text.stdout).toMatch(/^- The app: Until 2026-05 €6K were spent of €5K planned/m);
    expect(JSON.parse(json.stdout)).toMatchObject({
      waited: { rank: "value" },
      firstAssessment: [{ id: "vision", isDone: false }, {}, {}, {}, { id: "initiatives", isDone: true }, {}],
      portfolio: { currency: "EUR", value: [{ id: "app" }, { id: "layer" }] },
    });
    expect([text.code, json.code, refused.code]).toEqual([0, 0, 2]);
  });

  it("says without a programme that nothing is planned", async () => {
    const { stdout, code } = await headway(aShop().path, "report --page backbone");

    expect(stdout).toContain("No initiative is planned yet.");
    expect(stdout).not.toContain("Roadmap by quarter");
    expect(code).toBe(0);
  });
});
