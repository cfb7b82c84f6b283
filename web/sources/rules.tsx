import { useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import { decimal, moment, NONE, plural } from "../format.ts";
import type { Preview, Service } from "../types.ts";
import { useReply } from "../use-reply.ts";

interface Props {
  readonly services: readonly Service[];
  readonly zone: string;
  readonly revision: number;
}

interface Asked {
  readonly service: string;
  readonly tags: string;
  readonly branch: "" | "any" | "default";
}

/** What a release rule counts, and what another one would: looked at before it is written down. */
export function Rules({ services, zone, revision }: Props) {
  const [first] = services;
  const [asked, ask] = useState<Asked | null>(null);
  const current = asked ?? { service: first?.name ?? "", tags: "", branch: "" };
  const query =
    first === undefined
      ? null
      : {
          service: current.service,
          ...(current.tags !== "" && { tags: current.tags }),
          ...(current.branch !== "" && { branch: current.branch }),
        };
  const { reply, problem, isStale } = useReply("/api/rules/releases", query, revision);
  if (first === undefined) return null;
  const set = (change: Partial<Asked>): void => ask({ ...current, ...change });
  return (
    <section class="section">
      <h2>Which tags are releases</h2>
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
            Another rule
            <input
              value={current.tags}
              placeholder="^release-"
              maxLength={500}
              spellcheck={false}
              onInput={({ currentTarget }) => set({ tags: currentTarget.value })}
            />
          </label>
          <label class="field">
            Branch
            <select
              value={current.branch}
              onChange={({ currentTarget: { value } }) =>
                set({ branch: value === "any" || value === "default" ? value : "" })
              }
            >
              <option value="">as configured</option>
              <option value="any">any</option>
              <option value="default">only the default branch</option>
            </select>
          </label>
        </div>
        <p class="small muted">
          <code>stable</code>, <code>prerelease</code>, or a regular expression. Nothing is saved here: write the rule
          you like under <code>releases:</code> of the source in headway.yaml. Where a host records deployments, these
          count and tags do not.
        </p>
        <div class={isStale ? "stale" : ""} aria-busy={isStale}>
          {problem !== null ? (
            <Notice level="warning" title={problem.message} />
          ) : (
            reply !== null && (
              <Result preview={reply} zone={zone} isAnother={current.tags !== "" || current.branch !== ""} />
            )
          )}
        </div>
      </div>
    </section>
  );
}

interface ResultProps {
  readonly preview: Preview;
  readonly zone: string;
  readonly isAnother: boolean;
}

function Result({ preview: { rule, counted, last90Days, newest, skipped }, zone, isAnother }: ResultProps) {
  return (
    <div class="section" role="status">
      <p>
        {isAnother ? "This rule would count" : "The rule in force counts"} <strong>{plural(counted, "release")}</strong>
        , {decimal(last90Days)} of them in the last 90 days: {rule}.
      </p>
      <dl class="facts">
        <div>
          <dt>Newest</dt>
          <dd>
            {newest.length === 0
              ? NONE
              : newest.map(({ name, at }) => (
                  <span key={name} class="tag">
                    {name} <span class="muted">{moment(at, zone)}</span>
                  </span>
                ))}
          </dd>
        </div>
        {skipped.map(({ reason, count, examples }) => (
          <div key={reason}>
            <dt>Not counted</dt>
            <dd class="source-text">
              {reason}: {plural(count, "tag")}{" "}
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
