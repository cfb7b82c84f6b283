import { useEffect, useRef } from "preact/hooks";

import { type Column, Table } from "../design/table.tsx";
import { duration, moment, plural } from "../format.ts";
import type { BackboneWaits } from "../types.ts";
import { useReply } from "../use-reply.ts";

type Row = BackboneWaits["rows"][number];

const KIND_WORDS: Readonly<Record<Row["kind"], string>> = {
  declared: "as somebody declares",
  "runner-queue": "for a runner",
  pause: "a run that paused",
  dependency: "for another system, by its label",
  review: "for a review",
  "release-window": "for a release window",
  unknown: "nobody knows for what",
};

interface Props {
  readonly system: string;
  readonly useCase: string | null;
  readonly zone: string;
  readonly revision: number;
  readonly onClose: () => void;
}

/** The waits behind a system: they add up to its hours. */
export function Waits({ system, useCase, zone, revision, onClose }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  const query = { system, ...(useCase !== null && { useCase }) };
  const { reply } = useReply("/api/backbone/waits", query, revision);
  useEffect(() => title.current?.focus(), [reply === null]);
  if (reply === null) return null;
  return (
    <div class="panel">
      <h3 ref={title} tabIndex={-1}>
        What waited for {system}
      </h3>
      <p class="small muted">
        {plural(reply.total, "wait")}, {duration(reply.hours)} together
        {reply.total > reply.rows.length && `; the longest ${reply.rows.length} are shown`}.
      </p>
      <Table
        caption={`Waits for ${system}, the longest first`}
        columns={columns(zone)}
        rows={reply.rows}
        keyOf={({ service, change, from }) => `${service} ${change} ${from}`}
      />
      <p>
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </p>
    </div>
  );
}

function columns(zone: string): readonly Column<Row>[] {
  return [
    {
      title: "Change",
      align: "start",
      cell: ({ title, number, url }) =>
        url === null ? (
          `${title} (${number})`
        ) : (
          <a href={url} rel="noreferrer">
            {title} ({number})
          </a>
        ),
      sortBy: ({ title }) => title,
    },
    { title: "Of", align: "start", cell: ({ service }) => service, sortBy: ({ service }) => service },
    {
      title: "Waited",
      align: "start",
      cell: ({ kind, certainty }) => `${KIND_WORDS[kind]} (${certainty})`,
      sortBy: ({ kind }) => kind,
    },
    { title: "From", align: "end", cell: ({ from }) => moment(from, zone), sortBy: ({ from }) => from },
    { title: "How long", align: "end", cell: ({ hours }) => duration(hours), sortBy: ({ hours }) => hours },
  ];
}
