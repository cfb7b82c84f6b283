import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aShop, headway } from "./support.ts";

const TEXT = `systems:
  - name: crm
assessment:
  - { system: crm, element: data, gap: blocks, evidence: Nightly copies., confidence: high, day: 2026-01-12 }
`;

function withProgramme(text: string): string {
  const { path } = aShop();
  writeFileSync(join(path, "programme.yaml"), text);
  return path;
}

describe("headway programme", () => {
  it("says what a file would change, takes it, and writes it out again", async () => {
    const place = withProgramme(TEXT);

    const dry = await headway(place, "programme import programme.yaml --dry-run");
    const kept = await headway(place, "programme import programme.yaml --by Office --reason First");
    const again = await headway(place, "programme import programme.yaml");
    const out = await headway(place, "programme export");
    writeFileSync(join(place, "programme.yaml"), out.stdout);
    const back = await headway(place, "programme import programme.yaml");

    expect(dry.stdout.split("\n")).toEqual([
      "2 differences. Nothing was kept: this was a dry run.",
      "  added: systems, crm",
      "  added: assessment, crm data",
      "",
    ]);
    expect(kept.stdout).toContain("2 differences. Kept as version 1.");
    expect(again.stdout).toBe("The file says what the programme says already.\n");
    expect(out.stdout).toContain("evidence: Nightly copies.");
    expect(back.stdout).toBe(again.stdout);
  });

  it("says what the history keeps where nobody said who and why, and nothing where they did", async () => {
    const place = withProgramme(TEXT);

    const dry = await headway(place, "programme import programme.yaml --dry-run");
    const unsigned = await headway(place, "programme import programme.yaml");
    writeFileSync(join(place, "programme.yaml"), TEXT.replace("blocks", "hinders"));
    const half = await headway(place, "programme import programme.yaml --by Office");
    writeFileSync(join(place, "programme.yaml"), TEXT);
    const signed = await headway(place, "programme import programme.yaml --by Office --reason First");

    expect([dry.stderr, signed.stderr]).toEqual(["", ""]);
    expect(unsigned.stderr).toBe(
      "headway: the history says “the terminal (taken from programme.yaml)”. Next time say who and why with --by NAME and --reason WORDS.\n",
    );
    expect(half.stderr).toBe(
      "headway: the history says “Office (taken from programme.yaml)”. Next time say why with --reason WORDS.\n",
    );
  });

  it("says that nothing was collected where a file speaks of services and none is known", async () => {
    const place = withProgramme("drills: [{ id: d, service: shop, day: 2026-01-12 }]\n");

    const early = await headway(place, "programme import programme.yaml");
    await headway(place, "sync");
    const late = await headway(place, "programme import programme.yaml");

    expect(early.stderr).toContain(
      "No service is known here yet, since nothing was collected: run `headway sync` first.",
    );
    expect(late.stderr).not.toContain("nothing was collected");
  });

  it("asks for evidence of what stands in the way, and of nothing else", async () => {
    const line = "  - { system: crm, element: data, gap: blocks, confidence: high, day: 2026-01-12 }\n";
    const text = `systems: [{ name: crm }]\nassessment:\n${line}`;
    const place = withProgramme(text);

    const bare = await headway(place, "programme import programme.yaml --dry-run");
    writeFileSync(join(place, "programme.yaml"), text.replace("blocks", "none"));
    const fine = await headway(place, "programme import programme.yaml --by Office --reason First");
    const out = await headway(place, "programme export");
    writeFileSync(join(place, "programme.yaml"), out.stdout);
    const back = await headway(place, "programme import programme.yaml");

    expect(bare.code).toBe(1);
    expect(bare.stderr).toContain(
      "line 3, assessment[0].evidence: Say what shows that it stands in the way. Where nothing does (`none`) it may be left out.",
    );
    expect(fine.stdout).toContain("2 differences. Kept as version 1.");
    expect(out.stdout).not.toContain("evidence");
    expect(back.stdout).toBe("The file says what the programme says already.\n");
  });

  it("tells what is other field by field", async () => {
    const place = withProgramme(TEXT);
    await headway(place, "programme import programme.yaml");
    writeFileSync(join(place, "programme.yaml"), TEXT.replace("blocks", "hinders"));

    const { stdout } = await headway(place, "programme import programme.yaml --dry-run");

    expect(stdout).toContain("  changed: assessment, crm data\n    gap: blocks → hinders\n");
  });

  it("begins with what a file would remove", async () => {
    const place = withProgramme(TEXT);
    await headway(place, "programme import programme.yaml");
    writeFileSync(join(place, "programme.yaml"), "systems: [{ name: crm, owner: Sales }, { name: erp }]\n");

    const { stdout } = await headway(place, "programme import programme.yaml --dry-run");

    expect(stdout.split("\n").slice(0, 2)).toEqual([
      "3 differences, of which 1 removed. Nothing was kept: this was a dry run.",
      "  removed: assessment, crm data",
    ]);
  });

  it("says where nothing is declared, beside a file that is empty", async () => {
    const { code, stderr, stdout } = await headway(aShop().path, "programme export");

    expect(code).toBe(0);
    expect(stderr).toMatch(/^headway: nothing is declared in .+\. Name the configuration .+ with --config FILE\.\n$/);
    expect(stdout).toContain("currency: EUR");
  });

  it("names each mistake with its line, and fails", async () => {
    const { code, stderr } = await headway(
      withProgramme(`${TEXT}useCases: []\nsuppliers: []\n`),
      "programme import programme.yaml",
    );

    expect(code).toBe(1);
    expect(stderr).toContain("line 6, suppliers: Unknown key `suppliers` at the top level.");
  });

  it.each([
    ["programme", "Say what to do: headway programme export, import."],
    ["programme exprt", "Did you mean `export`?"],
    ["programme import", "Name one file: headway programme import FILE --dry-run"],
    ["programme export out.yaml", "headway programme export > out.yaml"],
  ])("says what is wrong with %s", async (typed, words) => {
    const { code, stderr } = await headway(aShop().path, typed);

    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it("says when a file is not there", async () => {
    const { code, stderr } = await headway(aShop().path, "programme import nothing.yaml");

    expect(code).toBe(1);
    expect(stderr).toContain("nothing.yaml is not there. Look at its name, and try again.");
  });
});
