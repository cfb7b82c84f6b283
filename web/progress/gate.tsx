import { Fragment } from "preact";

import { Go } from "../design/go.tsx";
import { DEFAULTS, link } from "../filters.ts";
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
        Who agreed is <Go to="backbone#consents">written down on Backbone</Go>, with the review that they saw.
      </p>
    </section>
  );
}

type Condition = Gate["conditions"][number];

interface ConditionProps {
  readonly condition: Condition;
  readonly gate: Gate;
  readonly asked: Asked;
}

function ConditionOfGate({ condition, gate, asked }: ConditionProps) {
  const { id, state, asked: limit, evidence, isEssential } = condition;
  return (
    <li class={`gate-${state}`}>
      <h3>
        {CONDITION_WORDS[state]}: {TITLES[id]}
      </h3>
      <p>
        {limit} {isEssential ? "" : "It may be put right while the investment begins."}
      </p>
      <p>
        {sentence(evidence)}{" "}
        <span class="small">
          <Evidence id={id} gate={gate} />
        </span>
      </p>
      <Rest condition={condition} gate={gate} asked={asked} />
    </li>
  );
}

/** What is missing, or, where enough is there, who the others are. */
function Rest({ condition, gate, asked }: ConditionProps) {
  const { id, state, missing, shortfalls } = condition;
  const lacking = gate.services.filter(({ lacks }) => lacks.length > 0);
  const count = id === "practices" ? lacking.length : Math.max(missing.length, shortfalls.length);
  if (count === 0) return null;
  return (
    <details>
      <summary class="small">
        {state === "met" ? "The others" : "What is missing"} ({count})
      </summary>
      {id === "practices" ? <Lacks gate={gate} asked={asked} /> : <Short condition={condition} gate={gate} />}
      {id === "savings" && <SavingsToDo savings={gate.savings} />}
    </details>
  );
}

/** Where the evidence of a condition stands. */
function Evidence({ id, gate: { against } }: { readonly id: Condition["id"]; readonly gate: Gate }) {
  const weeks = against === null ? {} : daysOf(against.now);
  switch (id) {
    case "practices":
      return null;
    case "lead-time":
      return <Go to={link("delivery", { ...DEFAULTS, ...weeks })}>Delivery in these weeks</Go>;
    case "cadence":
      return <Go to="deployments">All deployments</Go>;
    case "stability":
      return <Go to={link("rows", { ...DEFAULTS, ...weeks }, { metric: "change-fail-rate" })}>Which of them failed</Go>;
    case "calm":
      return <Go to="delivery">Delivery, with limits</Go>;
    case "savings":
      return <Go to="savings">Savings</Go>;
    case "constraint":
      return <Go to="backbone#measured-title">What changes waited for</Go>;
    case "consent":
      return <Go to="backbone#consents">Who agreed, on Backbone</Go>;
  }
}

/** One by one how far it is, each with the way to what that rests on. */
function Short({ condition: { missing, shortfalls }, gate }: Pick<ConditionProps, "condition" | "gate">) {
  // What a review of an earlier Headway froze has names alone.
  if (shortfalls.length === 0)
    return (
      <ul>
        {missing.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    );
  return (
    <ul>
      {shortfalls.map(({ kind, name, words }) => (
        <li key={`${name} ${words}`}>
          {kind === "service" || kind === "team" ? (
            <>
              <Go to={linkOf(kind, name, gate)}>{name}</Go>: {words}
            </>
          ) : (
            <Go to={linkOf(kind, name, gate)}>{words}</Go>
          )}
        </li>
      ))}
    </ul>
  );
}

function linkOf(kind: Condition["shortfalls"][number]["kind"], name: string, { against }: Gate): string {
  const weeks = against === null ? {} : daysOf(against.now);
  switch (kind) {
    case "service":
      return link("delivery", { ...DEFAULTS, service: name });
    case "team":
      return link("delivery", { ...DEFAULTS, ...weeks, scope: `team:${name}` });
    case "rate":
      return link("rows", { ...DEFAULTS, ...weeks }, { metric: name });
    case "party":
      return "backbone#consents";
    case "constraint":
      return "backbone#measured-title";
  }
}

/** The exact ends, which a page of rows takes as they are. */
function daysOf({ from, to }: NonNullable<Gate["against"]>["now"]): { readonly from: string; readonly to: string } {
  return { from, to };
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
