import { describe, expect, it } from "vitest";
import { elementOf, suggestedElement, withElementsOf } from "#metrics/programme/elements.ts";
import type { Element, KnownSystem, ServiceElement } from "#metrics/programme/programme.ts";
import { aLayout, sources } from "#test/support/layouts.ts";

const aSystem = (name: string, element: Element | null = null): KnownSystem => ({ name, element, technology: "it" });

describe("the element of a service", () => {
  const shop = { service: "Shop", system: "Tills" };
  const configured = new Map<string, Element>([["shop", "api"]]);
  const said = (element: Element | null, service = "Shop"): ServiceElement => ({ service, element, suggested: null });
  const systems = [aSystem("ERP", "core"), aSystem("Tills", "integration")];

  it("is what the configuration says, else a person, else what its system is", () => {
    expect(elementOf(shop, configured, [said("data")], systems)).toEqual({ element: "api", by: "configuration" });
    expect(elementOf(shop, new Map(), [said("core", "Till"), said("data")], systems)).toEqual({
      element: "data",
      by: "person",
    });
    expect(elementOf(shop, new Map(), [], systems)).toEqual({ element: "integration", by: "system" });
  });

  it("is that of its system where a person only said what it is not", () => {
    expect(elementOf(shop, new Map(), [said(null)], systems)).toEqual({ element: "integration", by: "system" });
  });

  it("is nothing where nobody says it", () => {
    expect(elementOf(shop, new Map(), [], [aSystem("Tills")])).toBeNull();
    expect(
      elementOf({ ...shop, system: null }, new Map([["till", "api"]]), [said("data", "Till")], systems),
    ).toBeNull();
  });
});

describe("the element of a system", () => {
  const service = (element: Element | null, system: string | null = "ERP") => ({ service: "s", system, element });
  const elements = (...services: readonly ReturnType<typeof service>[]) =>
    withElementsOf([aSystem("ERP")], services).map(({ element }) => element);

  it("is what more than half of its services are", () => {
    expect(elements(service("core"), service("api"), service("core"))).toEqual(["core"]);
    expect(elements(service("core"), service("api"))).toEqual([null]);
    expect(elements(service("core"), service(null), service(null))).toEqual([null]);
    expect(elements(service("core"), service("api", "CRM"), service("api", null))).toEqual(["core"]);
    expect(elements()).toEqual([null]);
  });

  it("stays what somebody said, with all else that is known of it", () => {
    const system = { ...aSystem("ERP", "data"), owner: "Finance" };

    expect(withElementsOf([system], [service("core")])).toEqual([system]);
    expect(withElementsOf([{ ...system, element: null }], [service("core")])).toEqual([{ ...system, element: "core" }]);
  });
});

describe("what files say", () => {
  const words = (...paths: readonly string[]) => suggestedElement(aLayout(paths), null)?.words;
  const many = (count: number) => Array.from({ length: count }, (_, index) => `policy/p${index}.rego`);

  it("is listed with what weighs most first, and what most files are", () => {
    expect(words("policy/a.rego", "policy/b.rego", "policy/c.rego")).toBe(
      "It holds 3 policies, most of what is there (policy/a.rego, policy/b.rego).",
    );
    expect(words("openapi.yaml", "a.proto", "b.proto", "c.proto", "schema.graphql", ...sources("src", 40))).toBe(
      "It holds 3 definitions of remote calls (a.proto, b.proto), 1 description of an interface (openapi.yaml) and 1 GraphQL schema (schema.graphql).",
    );
    expect(words("policy/a.rego", "openapi.yaml", "dbt_project.yml", ...sources("src", 40))).toBe(
      "It holds 1 dbt file (dbt_project.yml). Beside it 1 policy and 1 description of an interface.",
    );
  });

  it("is the first by name of what as much speaks for", () => {
    const first = (...paths: readonly string[]) =>
      suggestedElement(aLayout([...paths, ...sources("src", 40)]), null)?.element;

    expect(first("main.tf", "openapi.yaml")).toBe("api");
    expect(first("openapi.yaml", "main.tf")).toBe("api");
    expect(first("policy/a.rego", "dbt_project.yml")).toBe("data");
  });

  it("weighs little among tests and examples", () => {
    const found = suggestedElement(
      aLayout(["openapi.yaml", "examples/a.proto", "test/b.proto", ...sources("src", 40)]),
      null,
    );

    expect(found?.words).toBe(
      "It holds 1 description of an interface (openapi.yaml) and 2 definitions of remote calls among tests and examples (examples/a.proto, test/b.proto).",
    );
    expect(suggestedElement(aLayout(["examples/a.rego", ...sources("src", 40)]), null)).toBeNull();
  });

  it("is surer of three than of one, and of ten than of three", () => {
    const sure = (count: number) =>
      suggestedElement(aLayout([...many(count), "dbt_project.yml", ...sources("src", 200)]), null)?.sure;

    expect([1, 3, 9, 10].map(sure)).toEqual(["low", "medium", "medium", "high"]);
  });

  it("is mostly one thing from half of the files on", () => {
    const isMost = (others: number) =>
      /most of what is there/.test(String(words(...many(4), ...sources("src", others))));

    expect([isMost(4), isMost(5)]).toEqual([true, false]);
  });
});
