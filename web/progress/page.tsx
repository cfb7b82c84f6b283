import "./progress.css";

import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { plural } from "../format.ts";
import { go } from "../router.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Progress } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { type Asked, askedIn, progressLink } from "./address.ts";
import { TeamAssessments } from "./assessments.tsx";
import { GateOfProgress } from "./gate.tsx";
import { HeatMap } from "./heat-map.tsx";
import { Milestones } from "./milestones.tsx";
import { Next } from "./next.tsx";
import { Practices } from "./practices.tsx";
import { Reviews } from "./reviews.tsx";
import { ServicePractices } from "./service.tsx";
import { CONDITION_WORDS } from "./words.ts";

/** Whether the new way of working is lived, in evidence: how far each service has come, and what it lacks next. */
export function ProgressPage({ search, watch, filters, scopes }: Page) {
  const asked = askedIn(search);
  const { scope, useCase, wave } = asked;
  const query = {
    ...(scope !== null && { scope }),
    ...(useCase !== null && { useCase }),
    ...(wave !== null && { wave }),
  };
  const { reply, problem } = useReply("/api/progress", query, watch.revision);
  const programme = useReply("/api/programme", {}, watch.revision).reply;
  if (problem?.reason === "refused") return <Refused title="Progress" problem={problem} />;
  if (reply === null || watch.status === null)
    return (
      <>
        <Opening title="Progress" sentence={null} />
        <Skeleton label="Reading what the evidence says of each practice" kind="panel" count={2} />
      </>
    );
  const { zone } = watch.status;
  return (
    <>
      <Opening title="Progress" sentence={reply.sentence} />
      <div class="progress-for">
        <Choice
          title="of"
          all="the organisation"
          chosen={scope}
          options={(scopes?.teams ?? []).map(({ name }) => ({ value: `team:${name}`, title: name }))}
          onChoose={(value) => go(progressLink(asked, { scope: value, service: null, part: null, week: null }))}
        />
        <Choice
          title="for"
          least={1}
          all="all use cases"
          chosen={useCase}
          options={(programme?.programme.useCases ?? []).map(({ id, title }) => ({ value: id, title }))}
          onChoose={(value) => go(progressLink(asked, { useCase: value, service: null, part: null, week: null }))}
        />
        <Choice
          title="in"
          least={1}
          all="all waves"
          chosen={wave}
          options={(programme?.programme.waves ?? []).map(({ id, title }) => ({ value: id, title }))}
          onChoose={(value) => go(progressLink(asked, { wave: value, service: null, part: null, week: null }))}
        />
      </div>
      <div class="stack">
        <Mandate page={reply} />
        <Next page={reply} asked={asked} />
        <HeatMap page={reply} asked={asked} />
        {reply.archived > 0 && <p class="small muted">{plural(reply.archived, "archived service")} left out.</p>}
        {asked.service !== null && (
          <ServicePractices
            key={asked.service}
            service={asked.service}
            asked={asked}
            filters={filters}
            zone={zone}
            revision={watch.revision}
          />
        )}
        <Practices page={reply} />
        <Milestones revision={watch.revision} />
        <GateOfProgress asked={asked} revision={watch.revision} />
        <Reviews asked={asked} zone={zone} revision={watch.revision} />
        <TeamAssessments revision={watch.revision} />
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly title: string;
  /** From how many on there is anything to choose: of one team the organisation is the same, while the gate of the only wave is another than the programme's. */
  readonly least?: number;
  readonly all: string;
  readonly chosen: Asked["scope"];
  readonly options: readonly { readonly value: string; readonly title: string }[];
  readonly onChoose: (value: string | null) => void;
}

function Choice({ title, least = 2, all, chosen, options, onChoose }: ChoiceProps) {
  if (options.length < least && chosen === null) return null;
  return (
    <label class="field">
      {title}{" "}
      <select value={chosen ?? ""} onChange={({ currentTarget: { value } }) => onChoose(value === "" ? null : value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the programme itself lacks: it holds no team back, and it is said first. */
function Mandate({ page: { mandate } }: { readonly page: Progress }) {
  const open = mandate.filter(({ state }) => state !== "met");
  if (open.length === 0) return null;
  return (
    <Notice level="info" title={`The programme itself lacks ${plural(open.length, "thing")}.`}>
      <ul>
        {open.map(({ id, state, words }) => (
          <li key={id}>
            {CONDITION_WORDS[state]}: {words}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
