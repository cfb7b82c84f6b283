import { useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import { decimal, moment, NONE, plural } from "../format.ts";
import type { Preview, RuleQuestion, Service } from "../types.ts";
import { useReply } from "../use-reply.ts";

interface Props {
  readonly services: readonly Service[];
  readonly zone: string;
  readonly revision: number;
}

type From = NonNullable<RuleQuestion["from"]>;

/** What is typed and chosen; empty where it is as configured. */
interface Asked {
  readonly service: string;
  readonly from: From | "";
  readonly name: string;
  readonly workflow: string;
  readonly branch: string;
  readonly tags: string;
  readonly releaseBranch: "" | "any" | "default";
}

const EMPTY = { from: "", name: "", workflow: "", branch: "", tags: "", releaseBranch: "" } as const;

const WAYS: readonly (readonly [From, string])[] = [
  ["deployments", "the host’s deployments"],
  ["jobs", "jobs"],
  ["runs", "runs of workflows"],
  ["releases", "published releases"],
  ["tags", "tags"],
  ["pushes", "pushes"],
  ["merges", "merges (proxy)"],
];

/** What a deployment rule counts, and what another one would: looked at before it is written down. */
export function Rules({ services, zone, revision }: Props) {
  const [first] = services;
  const [asked, ask] = useState<Asked | null>(null);
  const current = asked ?? { service: first?.name ?? "", ...EMPTY };
  const query = first === undefined ? null : question(current);
  const { reply, problem, isStale } = useReply("/api/rules/preview", query, revision);
  if (first === undefined) return null;
  const set = (change: Partial<Asked>): void => ask({ ...current, ...change });
  return (
    <section class="section">
      <h2>What counts as a deployment</h2>
      <div class="panel">
        <div class="filters">
          <label class="field">
            Service
            <select value={current.service} onChange={({ currentTarget }) => set({ service: currentTarget.value })}>
              {services.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            Count
            <select
              value={current.from}
              onChange={({ currentTarget: { value } }) =>
                set({ ...EMPTY, from: WAYS.find(([way]) => way === value)?.[0] ?? "" })
              }
            >
              <option value="">as configured</option>
              {WAYS.map(([way, words]) => (
                <option key={way} value={way}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <Details asked={current} set={set} />
        </div>
        <p class="small muted">
          Patterns are regular expressions; tags may also be <code>stable</code> or <code>prerelease</code>. Nothing is
          saved here: write the rule you like under <code>services:</code> in headway.yaml. What is pushed counts beside
          every rule.
        </p>
        <div class={isStale && query !== null ? "stale" : ""} aria-busy={isStale && query !== null}>
          {query === null ? (
            <p class="muted">Say which {current.from} count: by their name.</p>
          ) : problem !== null ? (
            <Notice level="warning" title={problem.message} />
          ) : (
            reply !== null && <Result preview={reply} zone={zone} isAnother={Object.keys(query).length > 1} />
          )}
        </div>
      </div>
    </section>
  );
}

/** `null` while jobs or runs are not named: else whatever runs would be a deployment. */
function question({ service, from, ...fields }: Asked): RuleQuestion | null {
  if ((from === "jobs" || from === "runs") && fields.name === "") return null;
  const { releaseBranch, ...texts } = fields;
  const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ""));
  return { service, ...(from !== "" && { from }), ...given, ...(releaseBranch !== "" && { releaseBranch }) };
}

interface DetailsProps {
  readonly asked: Asked;
  readonly set: (change: Partial<Asked>) => void;
}

function Details({ asked: { from, name, workflow, branch, tags, releaseBranch }, set }: DetailsProps) {
  switch (from) {
    case "jobs":
    case "runs":
      return (
        <>
          <Pattern label="Name" value={name} example="^deploy" set={(value) => set({ name: value })} />
          {from === "jobs" && (
            <Pattern label="Workflow" value={workflow} example="^CD$" set={(value) => set({ workflow: value })} />
          )}
          <Pattern label="Branch" value={branch} example="^main$" set={(value) => set({ branch: value })} />
        </>
      );
    case "":
    case "releases":
    case "tags":
      return (
        <>
          <Pattern label="Tags" value={tags} example="^release-" set={(value) => set({ tags: value })} />
          <label class="field">
            Branch
            <select
              value={releaseBranch}
              onChange={({ currentTarget: { value } }) =>
                set({ releaseBranch: value === "any" || value === "default" ? value : "" })
              }
            >
              <option value="">as configured</option>
              <option value="any">any</option>
              <option value="default">only the default branch</option>
            </select>
          </label>
        </>
      );
    case "deployments":
    case "pushes":
    case "merges":
      return null;
  }
}

interface PatternProps {
  readonly label: string;
  readonly value: string;
  readonly example: string;
  readonly set: (value: string) => void;
}

function Pattern({ label, value, example, set }: PatternProps) {
  return (
    <label class="field">
      {label}
      <input
        value={value}
        placeholder={example}
        maxLength={500}
        spellcheck={false}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
    </label>
  );
}

interface ResultProps {
  readonly preview: Preview;
  readonly zone: string;
  readonly isAnother: boolean;
}

function Result({ preview, zone, isAnother }: ResultProps) {
  const { rule, counted, last90Days, newest, skipped, missing, inForce } = preview;
  return (
    <div class="section" role="status">
      <p>
        {isAnother ? "This rule would count" : "The rule in force counts"}{" "}
        <strong>{plural(counted, "deployment")}</strong>, {decimal(last90Days)} of them in the last 90 days: {rule}.
        {isAnother && ` The rule in force counts ${decimal(inForce.counted)}.`}
      </p>
      {missing !== null && <Notice level="info" title={missing} />}
      <dl class="facts">
        <div>
          <dt>Newest</dt>
          <dd>
            {newest.length === 0
              ? NONE
              : newest.map(({ id, name, at }) => (
                  <span key={id} class="tag">
                    {name} <span class="muted">{moment(at, zone)}</span>
                  </span>
                ))}
          </dd>
        </div>
        {skipped.map(({ reason, count, examples }) => (
          <div key={reason}>
            <dt>Not counted</dt>
            <dd class="source-text">
              {reason}: {decimal(count)}{" "}
              <span class="muted">
                ({examples.join(", ")}
                {count > examples.length && ", …"})
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
