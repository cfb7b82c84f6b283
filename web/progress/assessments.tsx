import "../judgements/judgements.css";

import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { FormEnd } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import type { Assessments } from "../types.ts";
import { useReply } from "../use-reply.ts";

type Answers = Assessments["answers"][number];
type Question = Assessments["questions"][number];

/** So many quarters are shown beside each other. */
const SHOWN = 4;

/** What teams say of themselves, team by team and role by role: apart from what is measured, and never one number with it. */
export function TeamAssessments({ revision }: { readonly revision: number }) {
  const [again, ask] = useState(0);
  const { reply, problem } = useReply("/api/assessments", {}, revision + again);
  const [chosen, choose] = useState<string | null>(null);
  const [isAnswering, answer] = useState(false);
  const mayAnswer = useMay("/api/assessments/add");
  if (reply === null) return problem === null ? <Skeleton label="Reading what teams say" kind="row" count={1} /> : null;
  if (reply.teams.length === 0) return null;
  const team = chosen ?? reply.teams[0] ?? "";
  const own = reply.answers.filter((one) => one.team === team);
  return (
    <section class="section" aria-labelledby="progress-assessments">
      <h2 id="progress-assessments">What teams say of themselves</h2>
      <p class="muted">
        Asked once a quarter, since no host can tell it. A role answers together, never a person. It is kept apart from
        what is measured above and makes no number with it.
      </p>
      <label class="field">
        Team{" "}
        <select value={team} onChange={({ currentTarget: { value } }) => choose(value)}>
          {reply.teams.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {own.length === 0 ? (
        <p class="muted">{team} has not answered yet.</p>
      ) : (
        <div class="panel">
          <Table
            caption={`What ${team} says of itself, from 1, not at all, to 5, entirely`}
            columns={columns(own)}
            rows={reply.questions}
            keyOf={({ id }) => id}
          />
        </div>
      )}
      {isAnswering ? (
        <AnswerForm
          key={team}
          page={reply}
          team={team}
          onDone={() => {
            answer(false);
            ask((before) => before + 1);
          }}
          onCancel={() => answer(false)}
        />
      ) : (
        mayAnswer && (
          <p>
            <button type="button" class="button" onClick={() => answer(true)}>
              Answer for {reply.quarter} …
            </button>
          </p>
        )
      )}
    </section>
  );
}

function columns(own: readonly Answers[]): readonly Column<Question>[] {
  const quarters = [...new Set(own.map(({ quarter }) => quarter))].sort().slice(-SHOWN);
  return [
    {
      title: "Statement",
      align: "start",
      cell: ({ title, statement, source }) => (
        <span class="assessment-statement">
          <a href={source} target="_blank" rel="noreferrer">
            {title}
          </a>
          : {statement}
        </span>
      ),
      sortBy: null,
    },
    ...quarters.flatMap((quarter) =>
      own
        .filter((one) => one.quarter === quarter)
        .map(({ role, answers }): Column<Question> => ({
          title: `${quarter}, ${role}`,
          align: "end",
          cell: ({ id }) => answers[id] ?? <span title="It was not asked.">—</span>,
          sortBy: null,
        })),
    ),
  ];
}

interface FormProps {
  readonly page: Assessments;
  readonly team: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const ROLE_WORDS = {
  team: "the team together",
  engineering: "engineering",
  product: "product",
  operations: "operations",
  security: "security",
} as const satisfies Record<Assessments["roles"][number], string>;

const AGREED = [1, 2, 3, 4, 5];

function AnswerForm({ page: { quarter, roles, questions }, team, onDone, onCancel }: FormProps) {
  const [role, choose] = useState<Assessments["roles"][number]>("team");
  const [answers, say] = useState<Readonly<Record<string, number | null>>>({});
  const { isBusy, problem, run } = useCommand("/api/assessments/add");
  const save = (event: Event): void => {
    event.preventDefault();
    run({ team, quarter, role, answers }, onDone);
  };
  return (
    <section class="decide assessment-form" aria-label={`${team} answers for ${quarter}`}>
      <h3>
        {team}, {quarter}
      </h3>
      <form onSubmit={save}>
        <label>
          Who answers
          <select
            value={role}
            onChange={({ currentTarget: { value } }) => choose(roles.find((one) => one === value) ?? "team")}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {ROLE_WORDS[one]}
              </option>
            ))}
          </select>
        </label>
        {questions.map(({ id, statement }) => (
          <label key={id}>
            {statement}
            <select
              value={answers[id] ?? ""}
              onChange={({ currentTarget: { value } }) =>
                say((before) => ({ ...before, [id]: value === "" ? null : Number(value) }))
              }
            >
              <option value="">not asked</option>
              {AGREED.map((one) => (
                <option key={one} value={one}>
                  {one === 1 ? "1, not at all" : one === 5 ? "5, entirely" : one}
                </option>
              ))}
            </select>
          </label>
        ))}
        <FormEnd action="Keep the answers" isBusy={isBusy} problem={problem} onCancel={onCancel} />
      </form>
    </section>
  );
}
