import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { dayIn } from "../days.ts";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { go } from "../router.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Programme } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { AsFile } from "./as-file.tsx";
import { Assessment, nextUnknown } from "./assessment.tsx";
import { Assumptions, Costs, TimeStudies } from "./assumptions.tsx";
import { Contents, FirstAssessment } from "./contents.tsx";
import { type Desk, type Edited, type Editing, newPlace, placeOf, useEditing } from "./desk.tsx";
import { SuggestedElements } from "./elements.tsx";
import { MeasuredBackbone } from "./measured.tsx";
import { Openings } from "./openings.tsx";
import { Consents, History, Interventions, UseCases } from "./others.tsx";
import { Planned } from "./planned.tsx";
import { Portfolio } from "./portfolio.tsx";
import { Adoptions, Drills, Exemptions, Milestones, Waves } from "./roadmap.tsx";
import { useSnapshots } from "./snapshots.ts";
import { type Done, ThingForm } from "./thing-form.tsx";
import { Vision } from "./vision.tsx";

/** What stands in the way of what the company wants, and what is to be done about it. Useful before anything is measured. */
export function Backbone({ search, watch }: Page) {
  const [kept, count] = useState(0);
  // What was kept last, until an answer knows of it: whoever changes two things at once follows their own first change.
  const [newest, follow] = useState<Programme["version"]>(null);
  const keep = ({ version }: { readonly version: Programme["version"] }): void => {
    follow(version);
    count((before) => before + 1);
  };
  const asked = new URLSearchParams(search);
  const useCase = asked.get("useCase");
  const revision = watch.revision + kept;
  const { reply, problem } = useReply("/api/programme", useCase === null ? {} : { useCase }, revision);
  const mayEdit = useMay("/api/programme/set");
  const editing = useEditing(reply);
  const zone = watch.status?.zone ?? "UTC";
  const snapshots = useSnapshots(wantsSnapshots(reply, editing), zone, revision);
  const settled = useRef(revision);
  const isThere = reply !== null && watch.status !== null;
  useLayoutEffect(() => {
    // What the address names is not there before the answer is.
    if (isThere) document.getElementById(window.location.hash.slice(1))?.scrollIntoView({ block: "start" });
  }, [isThere]);
  if (problem?.reason === "refused") return <Refused title="Backbone" problem={problem} />;
  if (reply === null || watch.status === null)
    return (
      <>
        <Opening title="Backbone" sentence={null} />
        <Skeleton label="Loading the programme" kind="panel" count={2} />
      </>
    );
  const isAhead = newest !== null && newest.version > (reply.version?.version ?? 0);
  const current = isAhead ? { ...reply, version: newest } : reply;
  const { edited } = editing;
  const today = dayIn(zone, watch.status.now);
  const form = edited !== null && (
    <ThingForm
      key={editing.turn}
      edited={edited}
      editing={editing}
      page={current}
      snapshots={snapshots}
      today={today}
      next={nextWords(reply, edited)}
      onDone={(done) => {
        keep(done.kept);
        closeAfter(editing, edited, done, reply);
      }}
      onCancel={() => editing.close({ from: edited.place, to: edited.place, words: null })}
    />
  );
  // What takes long to read follows once nobody writes: whoever looks at seventy parts would have it read seventy times.
  if (edited === null) settled.current = revision;
  const { left } = editing;
  const desk: Desk = { page: reply, mayEdit, edited, left, snapshots, onEdit: editing.open, form };
  return (
    <>
      <Opening title="Backbone" sentence={reply.sentence} />
      <div class="with-contents">
        <Contents page={reply} />
        <div class="stack">
          <FirstAssessment page={reply} />
          <Vision page={current} mayEdit={mayEdit} onKept={keep} />
          <ForUseCase page={reply} chosen={useCase} />
          {reply.cautions.map((caution) => (
            <Notice key={caution} level="info" title={caution} />
          ))}
          <Assessment desk={desk} />
          <Openings page={reply} />
          <MeasuredBackbone useCase={useCase} zone={zone} revision={settled.current} />
          <SuggestedElements revision={revision} newest={newest?.version ?? 0} onKept={keep} />
          <UseCases desk={desk} />
          <Portfolio desk={desk} />
          <Planned
            initiatives={reply.programme.initiatives}
            today={today}
            useCase={useCase}
            initiative={asked.get("initiative")}
            revision={settled.current}
          />
          <Consents desk={desk} />
          <Interventions desk={desk} />
          <Waves desk={desk} />
          <Adoptions desk={desk} />
          <Milestones desk={desk} />
          <Exemptions desk={desk} />
          <Drills desk={desk} />
          <Assumptions desk={desk} />
          <Costs desk={desk} onImport={() => count((before) => before + 1)} />
          <TimeStudies desk={desk} />
          <History zone={zone} revision={revision} />
          <AsFile revision={revision} onKept={keep} />
        </div>
      </div>
    </>
  );
}

function wantsSnapshots(page: Programme | null, { edited }: Editing): boolean {
  return edited?.list === "consents" || page?.programme.consents.some(({ snapshot }) => snapshot !== null) === true;
}

/** Whoever names ten systems, or looks at seventy parts, goes on without a way back in between. */
function nextWords({ systems }: Programme, { list, thing, given }: Edited): string | null {
  if (list === "assessment") {
    const next = nextUnknown(systems, cellOf(given));
    return next === null ? null : "Keep it, and look at the next";
  }
  return thing === null ? "Keep it, and add another" : null;
}

function cellOf({ system = "", element = "" }: Edited["given"]): { readonly system: string; readonly element: string } {
  return { system, element };
}

function closeAfter(editing: Editing, edited: Edited, { thing, wantsNext }: Done, page: Programme): void {
  const { list, place, given, title } = edited;
  const isCell = list === "assessment";
  const to = isCell ? place : thing === null ? newPlace(list) : placeOf(list, thing);
  // What is new and has no title is not called like its form.
  const name = nameOf(thing) ?? (edited.thing === null && !isCell ? null : title);
  const words = `${thing === null ? "Taken out" : "Kept"}${name === null ? "" : `: ${name}`}.`;
  const left = { from: place, to, words };
  if (!editing.isOpen(edited)) return editing.note(left);
  const next = isCell ? nextUnknown(page.systems, cellOf(given)) : null;
  if (!wantsNext || (isCell && next === null)) return editing.close(left);
  if (next === null) return editing.open({ ...edited, given: {} }, left);
  const { system, element } = next;
  const cell = { system, element };
  editing.open({ list, thing: null, given: cell, title: next.title, place: `assessment ${system} ${element}` }, left);
}

/** What a thing is called, where it has a name. */
function nameOf(thing: object | null): string | null {
  const name: unknown = thing === null ? null : (Reflect.get(thing, "title") ?? Reflect.get(thing, "name"));
  return typeof name === "string" ? name : null;
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
