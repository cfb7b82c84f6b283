import { describe, expect, it } from "vitest";
import { filesOf } from "#collectors/demo/files.ts";
import { DemoOptions } from "#collectors/demo/options.ts";
import { truthOf } from "#collectors/demo/truth.ts";
import { hasCodeOwners, suggestedElement } from "#metrics/programme/elements.ts";

const truth = truthOf(DemoOptions.parse({ host: "demo", since: "2023-11-27" }));
const told = truth.services.map((service) => {
  const layout = filesOf(service, truth, "demo");
  const element = truth.systems.find(({ name }) => name === service.system)?.element;
  return { name: service.name, element, layout, suggestion: suggestedElement(layout, null) };
});

describe("the files of the demo organisation", () => {
  it("clearly tell something else than the system of three services", () => {
    const other = told
      .filter(({ suggestion }) => suggestion?.sure === "high")
      .filter(({ element, suggestion }) => suggestion?.element !== element);

    expect(other.map(({ name, suggestion }) => [name, suggestion?.element])).toEqual([
      ["tariff-tables", "data"],
      ["fraud-check", "data"],
      ["bank-files", "integration"],
    ]);
  });

  it("tell nothing of some services, and owners of the first wave's alone", () => {
    expect(told.filter(({ suggestion }) => suggestion === null).map(({ name }) => name)).toContain("signup-web");
    expect(told.filter(({ layout }) => hasCodeOwners(layout) === true)).toHaveLength(11);
  });
});
