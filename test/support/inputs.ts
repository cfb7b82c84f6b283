/** Inputs for tests: what a schema takes, made by reading the schema. */
import fc from "fast-check";
import { z } from "zod";

/** By the name of a field: what a company of a test calls such things, so that what is made speaks of what is there. */
export type Known = Readonly<Record<string, readonly (string | number)[]>>;

/** What schemas ask for in many places. */
const USUAL: readonly (string | number)[] = [
  1,
  2,
  3,
  4,
  0.5,
  10,
  24,
  100,
  2026,
  "2026-01-05",
  "2026-04-06",
  "2025-09-01",
  "2026-05",
  "2026-Q1",
  "2028",
  "2026-05-06T12:00:00Z",
  "Because we looked.",
  "7",
  "https://host.example/x",
  "a".repeat(64),
  "EUR",
];

type Any = z.core.$ZodType;

/**
 * What a schema takes, as it is sent. Texts and numbers are those that are known by the name of their field, else usual
 * ones, as far as this place of the schema takes them; what a schema asks of several fields together may be missed.
 */
export function inputOf(schema: Any, known: Known, name = ""): fc.Arbitrary<unknown> {
  const of = (inner: Any): fc.Arbitrary<unknown> => inputOf(inner, known, name);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "object":
      return objectOf(def.shape, known);
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
      const taken = [...(known[name] ?? []), ...USUAL].filter((word) => z.safeParse(schema, word).success);
      const called = taken.filter((word) => known[name]?.includes(word));
      return fc.constantFrom(...(called.length > 0 ? called : taken), ...(taken.length > 0 ? [] : ["nothing known"]));
    }
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

/** Of what may be left out, two things are said at most: more seldom go together. */
function objectOf(shape: Readonly<Record<string, Any>>, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const field = (name: string, schema: Any): fc.Arbitrary<unknown> => inputOf(schema, known, name);
  const [must, may]: [string[], string[]] = [[], []];
  for (const [name, schema] of Object.entries(shape)) (schema._zod.optin === "optional" ? may : must).push(name);
  return fc
    .subarray(may, { maxLength: Math.min(2, may.length) })
    .map((said) => [...must, ...said].map((name) => [name, shape[name]] as const))
    .chain((said) =>
      fc.record(
        Object.fromEntries(
          said.flatMap(([name, schema]) => (schema === undefined ? [] : [[name, field(name, schema)]])),
        ),
      ),
    );
}
