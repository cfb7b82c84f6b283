import { useEffect, useRef, useState } from "preact/hooks";

import type { CommandReply } from "#server/contract.ts";

import { SignerName, useSigner } from "../access/signing.tsx";
import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import type { Elements } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { ELEMENT_WORDS, ELEMENTS } from "./field.ts";

type Row = Elements["rows"][number];
type Kept = CommandReply<"/api/programme/set">;
type Element = NonNullable<Row["element"]>;

/** So many are shown before somebody wants all: who begins with the surest is soon through with what matters. */
const FIRST = 10;

const SURE = { high: "likely", medium: "perhaps", low: "a hint" } as const;

interface Props {
  readonly revision: number;
  /** The newest version of the programme that this page made, which an answer may not know yet. */
  readonly newest: number;
  readonly onKept: (kept: Kept) => void;
}

/** What the files of repositories suggest that services are, to be confirmed by a person, one line for each. */
export function SuggestedElements({ revision, newest, onKept }: Props) {
  const { reply, problem } = useReply("/api/backbone/elements", {}, revision);
  if (reply === null)
    return problem === null ? <Skeleton label="Reading what repositories suggest" kind="panel" count={1} /> : null;
  return <Told page={reply} newest={newest} onKept={onKept} />;
}

function Told({ page, newest, onKept }: Omit<Props, "revision"> & { readonly page: Elements }) {
  const mayEdit = useMay("/api/programme/set");
  const signer = useSigner();
  const [chosen, choose] = useState<Readonly<Record<string, string>>>({});
  const [isWhole, showAll] = useState(false);
  const set = useCommand("/api/programme/set");
  const removal = useCommand("/api/programme/remove");
  const place = useRef<HTMLElement>(null);
  const next = useRef<number | null>(null);
  const [open, said] = [page.rows.filter((row) => row.isOpen), page.rows.filter((row) => row.isSaid && !row.isOpen)];
  // The line that was decided is gone: who works through them by keyboard goes on with the one in its place.
  useEffect(() => {
    if (next.current === null) return;
    const buttons = place.current?.querySelectorAll<HTMLElement>("button.confirm") ?? [];
    (buttons[Math.min(next.current, buttons.length - 1)] ?? place.current?.querySelector("h2"))?.focus();
    next.current = null;
  }, [page]);

  const common = { follows: Math.max(page.version ?? 0, newest) || null, actor: signer.actor };
  const isBusy = set.isBusy || removal.isBusy;
  const decide = (event: SubmitEvent): void => {
    event.preventDefault();
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement) || isBusy) return;
    const row = page.rows.find(({ service }) => service === submitter.value);
    if (row === undefined) return;
    signer.remember();
    if (submitter.name === "take-back") return removal.run({ list: "elements", key: row.service, ...common }, onKept);
    next.current = open.indexOf(row);
    const element = submitter.name === "no" ? null : elementFor(row, chosen);
    const thing = { service: row.service, element, suggested: row.suggestion?.evidence ?? null };
    set.run({ change: { list: "elements", thing }, ...common }, onKept);
  };
  const problem = set.problem ?? removal.problem;
  const shown = isWhole ? open : open.slice(0, FIRST);
  return (
    <section class="section" aria-labelledby="elements-title" ref={place}>
      <h2 id="elements-title" tabIndex={-1}>
        What the repositories suggest
      </h2>
      <p class="muted">{page.sentence}</p>
      {problem !== null && <Notice level="warning" title={problem} />}
      {(shown.length > 0 || said.length > 0) && (
        <form class="suggested-elements" onSubmit={decide}>
          {mayEdit && <SignerName signer={signer} isInline />}
          {shown.length > 0 && (
            <div class="panel">
              <Table
                caption="Elements that the files of services suggest, the surest first"
                columns={[...COLUMNS, ...(mayEdit ? [decision(chosen, choose)] : [])]}
                rows={shown}
                keyOf={({ service }) => service}
              />
            </div>
          )}
          {shown.length < open.length && (
            <button type="button" class="button" onClick={() => showAll(true)}>
              Show all {open.length}
            </button>
          )}
          {said.length > 0 && <Said rows={said} mayEdit={mayEdit} />}
        </form>
      )}
    </section>
  );
}

/** What somebody chose, else what is suggested. */
function elementFor({ service, suggestion }: Row, chosen: Readonly<Record<string, string>>): Element | null {
  const name = chosen[service];
  return ELEMENTS.find((element) => element === name) ?? suggestion?.element ?? null;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    title: "Service",
    align: "start",
    cell: ({ service, repository }) => (
      <>
        {service} {repository !== service && <span class="small muted">{repository}</span>}
      </>
    ),
    sortBy: ({ service }) => service,
  },
  {
    title: "Suggests",
    align: "start",
    cell: ({ suggestion, element }) =>
      suggestion === null ? null : (
        <>
          <strong>{ELEMENT_WORDS[suggestion.element]}</strong>{" "}
          <span class="small muted nowrap">
            {SURE[suggestion.sure]}
            {element !== null && `; its system is ${ELEMENT_WORDS[element]}`}
          </span>
        </>
      ),
    sortBy: ({ suggestion }) => suggestion?.element ?? null,
  },
  {
    title: "Because",
    align: "start",
    cell: ({ suggestion }) => <span class="why-cell">{suggestion?.words}</span>,
    sortBy: null,
  },
];

function decision(
  chosen: Readonly<Record<string, string>>,
  choose: (change: (before: Readonly<Record<string, string>>) => Readonly<Record<string, string>>) => void,
): Column<Row> {
  return {
    title: "Is it?",
    align: "start",
    cell: (row) => {
      const { service } = row;
      const element = elementFor(row, chosen) ?? "core";
      return (
        <span class="field element-decision">
          <select
            aria-label={`Element of ${service}`}
            value={element}
            onChange={({ currentTarget: { value } }) => choose((before) => ({ ...before, [service]: value }))}
          >
            {ELEMENTS.map((one) => (
              <option key={one} value={one}>
                {ELEMENT_WORDS[one]}
              </option>
            ))}
          </select>
          <button
            type="submit"
            class="button confirm"
            name="confirm"
            value={service}
            aria-label={`Confirm that ${service} is ${ELEMENT_WORDS[element]}`}
          >
            Confirm
          </button>
          <button
            type="submit"
            class="button"
            name="no"
            value={service}
            aria-label={`No, ${service} is not what is suggested`}
          >
            No
          </button>
        </span>
      );
    },
    sortBy: null,
  };
}

/** What people said, which can be taken back. */
function Said({ rows, mayEdit }: { readonly rows: readonly Row[]; readonly mayEdit: boolean }) {
  return (
    <details>
      <summary>
        What was said of {rows.length} {rows.length === 1 ? "service" : "services"}
      </summary>
      <ul class="said-elements">
        {rows.map(({ service, element, by, suggestion }) => (
          <li key={service}>
            {service}: {by === "person" && element !== null ? ELEMENT_WORDS[element] : "not what was suggested"}
            {suggestion !== null && suggestion.element !== element && (
              <span class="muted"> (its files suggest {ELEMENT_WORDS[suggestion.element]})</span>
            )}{" "}
            {mayEdit && (
              <button
                type="submit"
                class="button"
                name="take-back"
                value={service}
                aria-label={`Take it back: what was said of ${service}`}
              >
                Take it back
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
