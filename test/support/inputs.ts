/** Inputs for tests: what a schema takes, made by reading the schema. */
import fc from "fast-check";
import { z } from "zod";

/** What a company of a test knows, so that what is made speaks of things that are there. */
export type Known = readonly (string | number)[];

/** What schemas ask for in many places. */
const USUAL: Known = [
  ...[0, 1, 2, 3, 4, 0.5, 10, 24, 100, 2026, -1],
  ...["2026-01-05", "2026-04-06", "2025-09-01", "2026-06-29", "2026-05", "2026-01", "2026-Q1", "2026-Q2", "2028"],
  ...["2026-05-06T12:00:00Z", "1", "7", "a", "Because we looked.", "organisation", "team", "https://host.example/x"],
];

type Any = z.core.$ZodType;

/**
 * What a schema takes, as it is sent. Texts and numbers are those that are known and that this place of the schema takes;
 * what a schema asks of several fields together may be missed.
 */
export function inputOf(schema: Any, known: Known = []): fc.Arbitrary<unknown> {
  const words = [...known, ...USUAL];
  const of = (inner: Any): fc.Arbitrary<unknown> => inputOf(inner, known);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object":
      return fc.record(shapeOf(def.shape, of), { requiredKeys: requiredOf(def.shape) });
    case "optional":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return of(def.innerType);
    case "nullable":
      return fc.oneof({ weight: 3, arbitrary: of(def.innerType) }, fc.constant(null));
    case "pipe":
      return of((def.in as z.core.$ZodTypes)._zod.def.type === "transform" ? def.out : def.in);
    case "lazy":
      return of(def.getter());
    case "union":
      return fc.oneof(...def.options.map(of));
    case "array":
      return fc.array(of(def.element), { minLength: 1, maxLength: 3 });
    case "tuple":
      return fc.tuple(...def.items.map(of));
    case "record":
      return fc.dictionary(of(def.keyType).map(String), of(def.valueType), { maxKeys: 2 });
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "literal":
      return fc.constantFrom(...def.values);
    case "boolean":
      return fc.boolean();
    case "number":
    case "string": {
      const taken = words.filter((word) => z.safeParse(schema, word).success);
      return taken.length === 0 ? fc.constant(`nothing known is a ${def.type} of this kind`) : fc.constantFrom(...taken);
    }
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function shapeOf(
  shape: Readonly<Record<string, Any>>,
  of: (schema: Any) => fc.Arbitrary<unknown>,
): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, of(schema)]));
}

function requiredOf(shape: Readonly<Record<string, Any>>): string[] {
  return Object.keys(shape).filter((name) => shape[name]?._zod.optin !== "optional");
}
