import { SaveRows } from "../design/save-as.tsx";
import { count, money, plural, share } from "../format.ts";
import type { Savings } from "../types.ts";

type EffectTold = NonNullable<Savings["effect"]>;

const METHODS: Readonly<Record<EffectTold["method"], string>> = {
  "difference-in-differences": "Teams that adopted against those that had not yet (difference in differences)",
  "interrupted-time-series": "Each team against its own past (interrupted time series)",
  descriptive: "Described only: there is nothing to compare with",
};

const VERDICTS: Readonly<Record<EffectTold["verdict"], string>> = {
  yes: "There is an effect",
  no: "No effect is shown",
  "not yet": "Not yet",
};

const SIGNS: Readonly<Record<"passed" | "failed" | "untried", string>> = {
  passed: "✓ Passed",
  failed: "✗ Failed",
  untried: "? Not tried",
};

/** Whether the programme caused it, by comparing teams: one verdict on the effect, another on its size, and what both rest on. */
export function Effect({ page }: { readonly page: Savings }) {
  const { effect, leadTime, adoptions, registered, deviations, reconciliation, currency } = page;
  const adopted = adoptions.filter(({ week }) => week !== null).length;
  return (
    <section class="section" aria-labelledby="savings-effect">
      <h2 id="savings-effect">Is it the programme’s doing?</h2>
      <p class="muted">
        {adopted} of {plural(adoptions.length, "team")} have a week from which on they work in the new way, as waves and
        interventions say.
      </p>
      <div class="panels">
        <Told title="Share of capacity that is lost" effect={effect} />
        <Told title="Lead time" effect={leadTime} />
      </div>
      <Plan registered={registered} deviations={deviations} />
      {reconciliation !== null && <Books reconciliation={reconciliation} currency={currency} />}
    </section>
  );
}

function Told({ title, effect }: { readonly title: string; readonly effect: EffectTold | null }) {
  if (effect === null)
    return (
      <div class="panel">
        <h3>{title}</h3>
        <p>Not yet: no week of a team tells it.</p>
      </div>
    );
  const { method, why, verdict, counts, checks, detectable, words, byTime } = effect;
  return (
    <div class="panel">
      <h3>
        {title}: {VERDICTS[verdict]}
      </h3>
      <p>
        {words.effect} {words.size}
      </p>
      <p class="small">
        {METHODS[method]}. {why}
      </p>
      <p class="small muted">
        {plural(counts.teams, "team")}, {counts.adopted} adopted, {counts.notYet} not yet; {count(counts.teamWeeks)}{" "}
        weeks of teams, {count(counts.missing)} missing.
        {detectable !== null &&
          ` A saving of ${share(detectable)} would lift the interval above 0 by now in four of five such worlds; for a yes the checks must pass as well.`}
      </p>
      {checks.length > 0 && (
        <details>
          <summary>Checks</summary>
          <ul>
            {checks.map(({ id, passed, words: said }) => (
              <li key={id}>
                <strong>{passed === null ? SIGNS.untried : passed ? SIGNS.passed : SIGNS.failed}</strong>: {said}
              </li>
            ))}
          </ul>
        </details>
      )}
      {words.change.length > 0 && (
        <>
          <h4>What would change the verdict</h4>
          <ul>
            {words.change.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      <SaveRows name={`effect-${title.toLowerCase().replaceAll(" ", "-")}`} title={title} rows={byTime} />
    </div>
  );
}

function Plan({ registered, deviations }: Pick<Savings, "registered" | "deviations">) {
  if (registered === null) return null;
  const { name, frozenOn, outcome, method, seed } = registered;
  return (
    <>
      <p>
        Evaluated as the plan “{name}” says, which was frozen on {frozenOn}: {outcome}; {method}; seed {seed}.
        {deviations.length === 0 && " Nothing was done otherwise."}
      </p>
      {deviations.length > 0 && (
        <>
          <h3>Not as it was planned</h3>
          <ul>
            {deviations.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Books({
  reconciliation: { actual, explained, difference, share: part },
  currency,
}: {
  readonly reconciliation: NonNullable<Savings["reconciliation"]>;
  readonly currency: string;
}) {
  return (
    <p>
      The books say that {money(actual, currency)} were paid
      {explained === null || difference === null || part === null
        ? "; nothing is assumed that explains it."
        : `, of which ${money(explained, currency)} are explained by capacity, rates and costs: ${money(difference, currency)} (${share(part)}) are not.`}
    </p>
  );
}
