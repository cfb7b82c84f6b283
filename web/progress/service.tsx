import { useEffect, useRef } from "preact/hooks";

import { dayIn } from "../days.ts";
import { Go } from "../design/go.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import type { Filters } from "../filters.ts";
import { Refused } from "../shell/opening.tsx";
import type { ServiceProgress } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { type Asked, progressLink } from "./address.ts";
import { MissingLink } from "./next.tsx";
import { Weeks } from "./weeks.tsx";
import { CLASS_WORDS, CONDITION_WORDS, STATUS_SIGNS, STATUS_WORDS } from "./words.ts";

interface Props {
  readonly service: string;
  readonly asked: Asked;
  readonly filters: Filters;
  readonly zone: string;
  readonly revision: number;
}

export interface PartProps extends Props {
  readonly practice: Practice;
  readonly part: Part;
}

type Practice = ServiceProgress["practices"][number];
type Part = Practice["parts"][number];

/** One service: what it lacks next, and what each practice rests on. */
export function ServicePractices(props: Props) {
  const { service, asked, zone, revision } = props;
  const { reply, problem } = useReply("/api/progress/service", { service }, revision);
  const heading = useRef<HTMLHeadingElement>(null);
  const isThere = reply !== null;
  useEffect(() => {
    // Whoever came by a link to one week is shown that week instead.
    if (isThere && asked.week === null) heading.current?.scrollIntoView({ block: "start" });
  }, [isThere]);
  if (problem?.reason === "refused") return <Refused title={service} problem={problem} />;
  if (reply === null) return <Skeleton label={`Reading the weeks of ${service}`} kind="panel" count={1} />;
  const { team, releaseClass, stage, holding, asked: all, words, missing, until, conditions, practices } = reply;
  return (
    <section class="section panel" aria-labelledby="progress-service">
      <h2 id="progress-service" ref={heading}>
        {service}
      </h2>
      <p>
        Stage {stage}: {holding} of {all} practices hold.{missing.length === 0 && ` ${words}`}
      </p>
      <p class="small muted">
        {team ?? "No team is named"} ·{" "}
        {releaseClass === null
          ? "nobody said what it is released on, so it is held to what the cloud allows"
          : `held to what ${CLASS_WORDS[releaseClass]} allows`}{" "}
        · complete weeks up to {dayIn(zone, until)} ·{" "}
        <Go to={progressLink(asked, { service: null, part: null, week: null })}>fold</Go>
      </p>
      {missing.length > 0 && (
        <>
          <h3>What its next stage lacks, the nearest first</h3>
          <ol class="numbered">
            {missing.map((one, index) => (
              <Lacked key={one.id} missing={one} isNext={index === 0} asked={asked} page={reply} zone={zone} />
            ))}
          </ol>
        </>
      )}
      <h3>What is asked beside practices</h3>
      <ul>
        {conditions.map(({ id, state, words: said }) => (
          <li key={id}>
            <strong>{CONDITION_WORDS[state]}</strong>: {said}
          </li>
        ))}
      </ul>
      {practices.map((practice) => (
        <PracticeOf key={practice.practice} {...props} practice={practice} team={team} />
      ))}
    </section>
  );
}

interface LackedProps {
  readonly missing: ServiceProgress["missing"][number];
  readonly isNext: boolean;
  readonly asked: Asked;
  readonly page: ServiceProgress;
  readonly zone: string;
}

/** What is missing and how far it is; of what promises most also why it matters. What shows it is a click away. */
function Lacked({ missing, isNext, asked, page: { service, practices }, zone }: LackedProps) {
  const { id, part, title, words, distance } = missing;
  const practice = practices.find((one) => one.practice === id);
  const weeks = practice?.parts.find((one) => one.part === part)?.history ?? [];
  const missed = weeks.findLast(({ isMet, rows }) => isMet === false && rows > 0);
  return (
    <li>
      {isNext && "Next: "}
      <strong>{title}</strong>
      {distance !== null && ` (${Math.round(distance * 100)} % to go)`}: {words}
      {isNext && practice !== undefined && ` ${practice.why}`}{" "}
      {part !== null && (
        <span class="small">
          <MissingLink asked={asked} service={service} missing={missing} words="Its weeks" />
          {missed !== undefined && (
            <>
              {" · "}
              <Go to={progressLink(asked, { service, part: `${id}.${part}`, week: missed.from })}>
                What missed it in the week of {dayIn(zone, missed.from)}
              </Go>
            </>
          )}
        </span>
      )}
    </li>
  );
}

interface PracticeProps extends Props {
  readonly practice: Practice;
  readonly team: string | null;
}

function PracticeOf({ practice, team, ...props }: PracticeProps) {
  const isAsked = props.asked.part?.startsWith(`${practice.practice}.`) ?? false;
  return (
    <details class="practice" open={isAsked}>
      <summary>
        <h3>{practice.title}</h3>{" "}
        <span class="nowrap">
          <span aria-hidden="true">{STATUS_SIGNS[practice.status]}</span> {STATUS_WORDS[practice.status]}
        </span>
      </summary>
      <p class="muted">
        {practice.why}{" "}
        <a href={practice.source} target="_blank" rel="noreferrer">
          Where it comes from
        </a>
      </p>
      {practice.declared !== null && <p class="small">Adopted on {practice.declared}, as the programme says.</p>}
      {practice.ofTeam !== null && practice.ofTeam.at !== null && (
        <p class="small">
          {team} adopted it about {dayIn(props.zone, practice.ofTeam.at)}, all its services together.{" "}
          {practice.ofTeam.words}
        </p>
      )}
      {practice.parts.map((part) => (
        <Weeks key={part.part} {...props} practice={practice} part={part} />
      ))}
    </details>
  );
}
