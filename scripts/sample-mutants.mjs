/**
 * Plug-ins of Stryker for `scripts/mutate.mjs`: one lets it try the mutants of a sample and no others, in an order that is
 * random too, so that a run that is stopped has tried a smaller sample; the other writes each result down when it is there.
 * What is not in the sample is reported as an error of the compiler, which no score counts.
 */
import { appendFileSync, readFileSync } from "node:fs";

/** Names the file with what is asked for; it reaches the processes that Stryker starts with their environment. */
export const ASKED = "HEADWAY_MUTANTS";

export const strykerPlugins = [
  { kind: "Checker", name: "sample", factory: createChecker },
  { kind: "Reporter", name: "lines", factory: createReporter },
];

/** What a mutant is. @param location from 0, as Stryker has it inside. */
export function nameOf({ fileName, location: { start, end }, mutatorName, replacement }) {
  // Stryker tries a copy of the checkout, whose path says nothing.
  const file = fileName.replaceAll("\\", "/").replace(/^.*(?=\/metrics\/)/, "");
  return JSON.stringify([file, start.line, start.column, end.line, end.column, mutatorName, replacement]);
}

function createChecker() {
  const { sample } = readAsked();
  const places = new Map(sample.map((name, place) => [name, place]));
  const placeOf = (mutant) => places.get(nameOf(mutant)) ?? -1;
  return {
    init: async () => {},
    /** What is left out at once, the others one by one in the order in which they were drawn. */
    group: async (mutants) => {
      const wanted = mutants.filter((mutant) => placeOf(mutant) !== -1).toSorted((a, b) => placeOf(a) - placeOf(b));
      const others = mutants.filter((mutant) => placeOf(mutant) === -1);
      return [...(others.length === 0 ? [] : [others.map(({ id }) => id)]), ...wanted.map(({ id }) => [id])];
    },
    check: async (mutants) =>
      Object.fromEntries(
        mutants.map((mutant) => [
          mutant.id,
          placeOf(mutant) === -1 ? { status: "compileError", reason: "Not in the sample" } : { status: "passed" },
        ]),
      ),
  };
}

function createReporter() {
  const { sample, results } = readAsked();
  const wanted = new Set(sample);
  return {
    onMutantTested: ({ fileName, location, mutatorName, replacement, status }) => {
      const inside = { start: fromZero(location.start), end: fromZero(location.end) };
      const name = nameOf({ fileName, location: inside, mutatorName, replacement });
      if (wanted.has(name)) appendFileSync(results, `${JSON.stringify({ name, status })}\n`);
    },
  };
}

function fromZero({ line, column }) {
  return { line: line - 1, column: column - 1 };
}

function readAsked() {
  return JSON.parse(readFileSync(process.env[ASKED], "utf8"));
}
