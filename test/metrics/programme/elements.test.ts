import { describe, expect, it } from "vitest";
import { hasCodeOwners, isOpen, suggestedElement } from "#metrics/programme/elements.ts";
import { aLayout, sources } from "#test/support/layouts.ts";

/** The element that paths suggest and how sure that is; `null` for none. */
function suggested(paths: readonly string[], own: readonly string[] | null = null): unknown {
  const found = suggestedElement(aLayout(paths), own);
  return found && [found.element, found.sure];
}

const rails = [
  ...Array.from({ length: 60 }, (_, index) => `db/migrate/202401010000${String(index).padStart(2, "0")}_step.rb`),
  ...sources("app", 700),
];

describe("the element that a repository suggests", () => {
  it("is none of an ordinary program or library", () => {
    const library = [
      "README.md",
      "package.json",
      ".github/workflows/ci.yml",
      ".github/dependabot.yml",
      "docs/api.md",
      "test/fixtures/swagger.json",
      "node_modules/x/openapi.yaml",
      ...sources("src", 80),
    ];

    expect(suggested(library)).toBeNull();
    expect(suggested([])).toBeNull();
  });

  it("is API with descriptions of interfaces, the surer the more speaks for it alone", () => {
    expect(suggested(["openapi.yaml", ...sources("src", 40)])).toEqual(["api", "medium"]);
    expect(suggested(["openapi.yaml", "proto/a.proto", "schema.graphql", ...sources("src", 40)])).toEqual([
      "api",
      "high",
    ]);
    expect(suggested(["openapi.yaml", "policy/a.rego", ...sources("src", 40)])).toEqual(["security", "low"]);
  });

  it("is hardly said by what every service has of its own, unless most files are of it", () => {
    expect(suggested(rails)).toEqual(["data", "low"]);
    expect(suggested(["charts/shop/Chart.yaml", "k8s/shop.yaml", "k8s/db.yaml", ...sources("src", 50)])).toEqual([
      "infrastructure",
      "low",
    ]);
    expect(suggested(["main.tf", "vpc.tf", "modules/db/main.tf", "README.md"])).toEqual(["infrastructure", "high"]);
    expect(suggested(["openapi.yaml", ...rails])).toEqual(["data", "low"]);
  });

  it("says why with paths, and what else is there", () => {
    const found = suggestedElement(
      aLayout(["dbt_project.yml", "models/a.sql", "models/b.sql", "main.tf", ...sources("src", 30)]),
      null,
    );

    expect(found?.words).toBe(
      "It holds 3 dbt files (models/a.sql, models/b.sql). Beside it 1 file of infrastructure as code.",
    );
    expect(found?.evidence).toBe("data: dbt");
  });

  it("is of a part of a repository what lies in the part", () => {
    const monorepo = [
      "services/orders/openapi.yaml",
      ...sources("services/orders", 20),
      "services/lake/dbt_project.yml",
      ...Array.from({ length: 12 }, (_, index) => `services/lake/models/m${index}.sql`),
      "deploy/main.tf",
    ];

    expect(suggested(monorepo, ["services/orders/**"])).toEqual(["api", "medium"]);
    expect(suggested(monorepo, ["services/lake"])).toEqual(["data", "high"]);
    expect(suggested(monorepo, ["web/**"])).toBeNull();
  });
});

describe("what a person said of a suggestion", () => {
  const found = suggestedElement(aLayout(["openapi.yaml"]), null);
  const more = suggestedElement(aLayout(["openapi.yaml", "openapi/paths/a.yaml"]), null);
  const other = suggestedElement(aLayout(["openapi.yaml", "a.proto"]), null);
  const said = (element: "core" | null) => ({ service: "shop", element, suggested: "api: openapi" });

  it("closes it, until it is another one", () => {
    const opened = [found, more, other]
      .filter((one) => one !== null)
      .map((one) => [isOpen(one, null), isOpen(one, said("core")), isOpen(one, said(null))]);

    expect(opened).toEqual([
      [true, false, false],
      [true, false, false],
      [true, false, true],
    ]);
  });
});

describe("a CODEOWNERS file", () => {
  it("is there or not, and unknown where not all files are known", () => {
    const layouts = [aLayout(["CODEOWNERS"]), aLayout(["a.ts"]), aLayout(["a.ts"], { isWhole: false })];

    expect(layouts.map(hasCodeOwners)).toEqual([true, false, null]);
  });
});
