import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { dayIn } from "../days.ts";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Assessment } from "./assessment.tsx";
import { SuggestedElements } from "./elements.tsx";
import { MeasuredBackbone } from "./measured.tsx";
import { Openings } from "./openings.tsx";
import { Assumptions, Costs, TimeStudies } from "./assumptions.tsx";
import { AsFile, Consents, History, Interventions, UseCases } from "./others.tsx";
import { Adoptions, Drills, Exemptions, Milestones, Waves } from "./roadmap.tsx";
import { Planned } from "./planned.tsx";
import { Portfolio } from "./portfolio.tsx";
import { type Edited, ThingForm } from "./thing-form.tsx";
import { Vision } from "./vision.tsx";
import { go } from "../router.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Programme } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";

/** What stands in the way of what the company wants, and what is to be done about it. Useful before anything is measured. */
export function Backbone({ search, watch }: Page) {
  const [kept, count] = useState(0);
  // What was kept last, until an answer knows of it: whoever changes two things at once follows their own first change.
  const [newest, follow] = useState<Programme["version"]>(null);
  const keep = ({ version }: { readonly version: Programme["version"] }): void => {
    follow(version);
    count((before) => before + 1);
  };
  const [edited, edit] = useState<Edited | null>(null);
  const asked = new URLSearchParams(search);
  const useCase = asked.get("useCase");
  const revision = watch.revision + kept;
  const { reply, problem } = useReply("/api/programme", useCase === null ? {} : { useCase }, revision);
  const mayEdit = useMay("/api/programme/set");
  if (problem?.reason === "refused") return <Refused title="Backbone" problem={problem} />;
  if (reply === null || watch.status === null)
    return (
      <>
        <Opening title="Backbone" sentence={null} />
        <Skeleton label="Loading the programme" kind="panel" count={2} />
      </>
    );
  const { zone, now } = watch.status;
  const isAhead = newest !== null && newest.version > (reply.version?.version ?? 0);
  const current = isAhead ? { ...reply, version: newest } : reply;
  const parts = { page: reply, mayEdit, onEdit: edit };
  return (
    <>
      <Opening title="Backbone" sentence={reply.sentence} />
      <Vision page={current} mayEdit={mayEdit} onKept={keep} />
      <ForUseCase page={reply} chosen={useCase} />
      {edited !== null && (
        <Form
          edited={edited}
          page={current}
          today={dayIn(zone, now)}
          onDone={(done) => {
            edit(null);
            keep(done);
          }}
          onCancel={() => edit(null)}
        />
      )}
      <div class="stack">
        {reply.cautions.map((caution) => (
          <Notice key={caution} level="info" title={caution} />
        ))}
        <MeasuredBackbone useCase={useCase} zone={zone} revision={revision} />
        <SuggestedElements revision={revision} newest={newest?.version ?? 0} onKept={keep} />
        <Assessment page={reply} onEdit={edit} />
        <Openings page={reply} />
        <UseCases {...parts} />
        <Portfolio {...parts} />
        <Planned useCase={useCase} initiative={asked.get("initiative")} revision={revision} />
        <Consents {...parts} />
        <Interventions {...parts} />
        <Waves {...parts} />
        <Adoptions {...parts} />
        <Milestones {...parts} />
        <Exemptions {...parts} />
        <Drills {...parts} />
        <Assumptions {...parts} />
        <Costs {...parts} onImport={() => count((before) => before + 1)} />
        <TimeStudies {...parts} />
        <History zone={zone} revision={revision} />
        <AsFile revision={revision} />
      </div>
    </>
  );
}

/** The form of another thing is another form; it comes into sight with its first field ready. */
function Form(props: Parameters<typeof ThingForm>[0]) {
  const place = useRef<HTMLDivElement>(null);
  const { edited } = props;
  const key = `${edited.list} ${edited.title}`;
  useLayoutEffect(() => {
    place.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, [key]);
  return (
    <div ref={place}>
      <ThingForm key={key} {...props} />
    </div>
  );
}

/** Read for one use case: only what it needs. */
function ForUseCase({ page, chosen }: { readonly page: Programme; readonly chosen: string | null }) {
  // One use case is told of while it is chosen; the others are still to choose from.
  const { reply } = useReply("/api/programme", chosen === null ? null : {}, page.version?.version ?? 0);
  const useCases = (reply ?? page).programme.useCases;
  if (useCases.length < 2 && chosen === null) return null;
  return (
    <p>
      <label class="field">
        for{" "}
        <select
          value={chosen ?? ""}
          onChange={({ currentTarget }) =>
            go(currentTarget.value === "" ? "backbone" : `backbone?useCase=${encodeURIComponent(currentTarget.value)}`)
          }
        >
          <option value="">all use cases</option>
          {useCases.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
