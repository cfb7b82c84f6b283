import { Fragment } from "preact";

import { Go } from "../design/go.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { plural } from "../format.ts";
import type { Gate } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { type Asked, progressLink, subjectOf } from "./address.ts";
import { CONDITION_WORDS } from "./words.ts";

const OUTCOMES = { pass: "Pass", conditional: "Conditional", hold: "Hold" } as const satisfies Record<
  Gate["outcome"],
  string
>;

const TITLES = {
  practices: "Practices are adopted",
  "lead-time": "Lead time is shorter",
  cadence: "Deployed every week",
  stability: "Stability and security are not worse",
  calm: "Predictable",
  savings: "Savings are shown or on plan",
  constraint: "The constraint is named",
  consent: "All have agreed",
} as const satisfies Record<Gate["conditions"][number]["id"], string>;

/** Whether the next large investment may begin: computed from the conditions, and typed by nobody. */
export function GateOfProgress({ asked, revision }: { readonly asked: Asked; readonly revision: number }) {
  const { reply: gate, problem } = useReply("/api/gate", subjectOf(asked), revision);
  if (gate === null) return problem === null ? <Skeleton label="Reading the gate" kind="panel" count={1} /> : null;
  const { outcome, conditions, notes, consents } = gate;
  const met = conditions.filter(({ state }) => state === "met").length;
  return (
    <section class="section" aria-labelledby="progress-gate">
      <h2 id="progress-gate">Gate: is the foundation in place?</h2>
      <p>
        <strong>{OUTCOMES[outcome]}</strong> for {gate.about.kind === "programme" ? "the programme" : gate.about.title}:{" "}
        {met} of {conditions.length} conditions are met. It decides on the next <em>large</em> investment. One use case
        with a capped budget and a kill criterion, a quarter long at most, may begin from stage 1.
      </p>
      <ul class="gate-conditions">
        {conditions.map((one) => (
          <ConditionOfGate key={one.id} condition={one} gate={gate} asked={asked} />
        ))}
      </ul>
      <ul class="small muted">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {consents.length > 0 && (
        <details>
          <summary>{plural(consents.length, "consent")}, and what each saw</summary>
          <ul>
            {consents.map(({ id, party, answer, day, saw }) => (
              <li key={id}>
                {party.replace("-", " ")}: {answer} on {day}. {saw}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="small">
        <a href="backbone">Who agreed is written down on Backbone</a>, with the hash of the review that they saw.
      </p>
    </section>
  );
}

interface ConditionProps {
  readonly condition: Gate["conditions"][number];
  readonly gate: Gate;
  readonly asked: Asked;
}

function ConditionOfGate({ condition, gate, asked }: ConditionProps) {
  const { id, state, asked: limit, evidence, missing, isEssential } = condition;
  return (
    <li class={`gate-${state}`}>
      <h3>
        {CONDITION_WORDS[state]}: {TITLES[id]}
      </h3>
      <p>
        {limit} {isEssential ? "" : "It may be put right while the investment begins."}
      </p>
      <p>{sentence(evidence)}</p>
      {missing.length > 0 && (
        <details>
          <summary class="small">What is missing ({missing.length})</summary>
          {id === "practices" ? <Lacks gate={gate} asked={asked} /> : <Named missing={missing} />}
          {id === "savings" && <SavingsToDo savings={gate.savings} />}
        </details>
      )}
    </li>
  );
}

function Named({ missing }: Pick<Gate["conditions"][number], "missing">) {
  return (
    <ul>
      {missing.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

/** Service by service which practices it has not adopted, each with the way to its weeks. */
function Lacks({ gate: { services }, asked }: Pick<ConditionProps, "gate" | "asked">) {
  return (
    <ul>
      {services
        .filter(({ lacks }) => lacks.length > 0)
        .map(({ service, team, lacks }) => (
          <li key={service}>
            {service}
            {team !== null && ` (${team})`}:{" "}
            {lacks.map(({ practice, title, part, words }, index) => (
              <Fragment key={practice}>
                {index > 0 && "; "}
                <Go
                  to={progressLink(asked, { service, part: part === null ? null : `${practice}.${part}`, week: null })}
                >
                  {title}
                </Go>{" "}
                – {words}
              </Fragment>
            ))}
          </li>
        ))}
    </ul>
  );
}

/** What would bring an answer. */
function SavingsToDo({ savings: { earliest, missing } }: Pick<Gate, "savings">) {
  return (
    <ul>
      {missing.map(({ what, todo }) => (
        <li key={what}>
          {what} {todo}
        </li>
      ))}
      {earliest !== null && <li>The earliest day on which they can be shown is {earliest.slice(0, 10)}.</li>}
    </ul>
  );
}

/** Some evidence is said in the middle of a sentence elsewhere. */
function sentence(words: string): string {
  const begun = words.charAt(0).toUpperCase() + words.slice(1);
  return begun.endsWith(".") ? begun : `${begun}.`;
}
