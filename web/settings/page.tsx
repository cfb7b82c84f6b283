import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import type { ApiError } from "../api.ts";
import { Go } from "../design/go.tsx";
import { SaveRows } from "../design/save-as.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import { DEFAULTS, link } from "../filters.ts";
import { count, NONE, plural } from "../format.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Definition, Scopes, Settings, Status } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { Notice } from "../design/notice.tsx";
import { AccessFacts } from "./access-facts.tsx";
import { Audit } from "./audit.tsx";
import { Links } from "./links.tsx";
import { People } from "./people.tsx";
import { Tokens } from "./tokens.tsx";
import { digestWords, syncWords, weekWords } from "./words.ts";

interface Props {
  readonly page: Page;
  readonly status: Status;
}

/** What is set, and where to change it. Tokens, addresses and people stay in the file. */
export function SettingsPage({ page: { search, watch, definitions, scopes }, status }: Props) {
  const [day, choose] = useState("");
  const { reply, problem, isStale } = useReply("/api/settings", day === "" ? {} : { at: day }, watch.revision);
  if (problem?.reason === "refused" && !isStale && day === "")
    return (
      <>
        <Refused title="Settings" problem={problem} />
        <People zone={status.zone} />
      </>
    );
  if (reply === null) return <Loading />;
  return (
    <>
      <Opening title="Settings" sentence={sentenceOf(reply, status)} />
      <p>
        All of it stands in <code>headway.yaml</code>, beside which Headway was started; it is read when Headway starts,
        and again at SIGHUP (<code>systemctl reload headway</code>). <code>headway init</code> writes one with comments,
        and <code>headway check</code> says what is wrong with it. Secrets stand in the environment or in{" "}
        <code>data/secrets.env</code> and are never shown.
      </p>
      <p class="field">
        <label>
          As they were at the end of{" "}
          <input type="date" value={day} onChange={({ currentTarget }) => choose(currentTarget.value)} />
        </label>{" "}
        <span role="status">{asOf(day, isStale, problem)}</span>
      </p>
      {reply.access !== null && reply.access.waiting.length > 0 && (
        <Notice
          level="warning"
          title={`What is set of ${reply.access.waiting.join(", ")} is in force once Headway is started again.`}
        />
      )}
      {problem === null && <Facts settings={reply} status={status} />}
      {problem === null && <AccessFacts access={reply.access} />}
      <People zone={reply.zone} />
      {problem === null && (
        <>
          <Teams settings={reply} scopes={scopes} />
          <Calendars settings={reply} />
          <Digests settings={reply} />
        </>
      )}
      <Tokens zone={reply.zone} />
      <Links zone={reply.zone} view={new URLSearchParams(search).get("share")} />
      <Audit zone={reply.zone} />
      <Definitions definitions={definitions} />
    </>
  );
}

/** What is shown below. */
function asOf(day: string, isStale: boolean, problem: ApiError | null): string {
  if (isStale) return "Looking …";
  if (problem !== null) return problem.message;
  return day === "" ? "What is set now." : `What was set at the end of ${day}.`;
}

function sentenceOf({ teams, calendars, digests }: Settings, { sources, services }: Status): string {
  const all = { source: sources, service: services, team: teams, calendar: calendars, digest: digests };
  const parts = Object.entries(all).flatMap(([noun, { length }]) => (length === 0 ? [] : plural(length, noun)));
  if (parts.length === 0) return "Headway has nothing to look at yet.";
  return `Headway looks at ${new Intl.ListFormat("en-GB", { type: "conjunction" }).format(parts)}.`;
}

interface PartProps {
  readonly title: string;
  /** The key of the configuration, or the command, that changes it. */
  readonly change: ComponentChildren;
  readonly children: ComponentChildren;
}

function Part({ title, change, children }: PartProps) {
  return (
    <section class="section">
      <h2>{title}</h2>
      {children}
      <p class="small muted">To change it: {change}</p>
    </section>
  );
}

function Facts({
  settings: { version, zone, sync, privacy, calendar, thresholds = [] },
  status,
}: {
  readonly settings: Settings;
  readonly status: Status;
}) {
  const facts = [
    { term: "Version", words: version, change: <code>git pull</code> },
    { term: "Time zone", words: `${zone}: days, weeks and months are its own`, change: <code>timezone</code> },
    { term: "Sync", words: syncWords(sync), change: <code>sync</code> },
    {
      term: "Sources",
      words: status.sources.map(({ name, host }) => `${name} (${host})`).join(", ") || NONE,
      change: (
        <>
          <code>sources</code>, or <Go to="data">Data</Go>
        </>
      ),
    },
    {
      term: "Calendar of all",
      words: calendar ?? `${NONE} nobody said when work is done`,
      change: <code>calendar</code>,
    },
    {
      term: "Pseudonyms",
      words: `erased after ${plural(privacy.pseudonymMonths, "month")}`,
      change: <code>privacy.pseudonymMonths</code>,
    },
    {
      term: "Thresholds",
      words:
        thresholds.length === 0
          ? "as usual"
          : thresholds.map(({ name, value, usual }) => `${name} ${value} instead of ${usual}`).join("; "),
      change: <code>thresholds</code>,
    },
    {
      term: "Who is who",
      words: whoWords(privacy),
      change: <code>people, bots, agents</code>,
    },
  ];
  return (
    <section class="section">
      <h2>Headway itself</h2>
      <div class="panel">
        <dl class="facts">
          {facts.map(({ term, words, change }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>
                {words}
                <span class="muted"> · {change}</span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

function whoWords({ aliases, bots, agents }: Settings["privacy"]): string {
  if (aliases + bots + agents === 0) return "as the hosts tell it, and bots and agents by the usual signs";
  const names = aliases === 0 ? [] : [`${plural(aliases, "list")} of names that are one person’s`];
  const patterns =
    bots + agents === 0 ? [] : [`${plural(bots + agents, "pattern")} of bots and agents beside the usual signs`];
  return [...names, ...patterns].join("; ");
}

type Team = Settings["teams"][number];

function Teams({ settings: { teams }, scopes }: { readonly settings: Settings; readonly scopes: Scopes | null }) {
  const owned = (name: string) => scopes?.teams.find((team) => team.name === name)?.services ?? null;
  const columns: readonly Column<Team>[] = [
    {
      title: "Team",
      align: "start",
      cell: ({ name }) => <Go to={link("delivery", { ...DEFAULTS, scope: `team:${name}` })}>{name}</Go>,
      sortBy: ({ name }) => name,
    },
    { title: "Part of", align: "start", cell: ({ parent }) => parent ?? "", sortBy: ({ parent }) => parent },
    {
      title: "Services",
      align: "end",
      cell: ({ name }) => {
        const found = owned(name);
        return found === null ? NONE : count(found);
      },
      sortBy: ({ name }) => owned(name),
    },
    {
      title: "Working time",
      align: "start",
      cell: ({ calendar, hasOwnHours }) =>
        hasOwnHours ? "hours of its own" : calendar === null ? "as the team above it" : `calendar ${calendar}`,
      sortBy: null,
    },
  ];
  return (
    <Part
      title="Teams and services"
      change={
        <>
          <code>teams</code>, <code>systems</code> and <code>services</code> in headway.yaml; what counts as a
          deployment is tried out on <Go to="data">Data</Go>.
        </>
      }
    >
      {teams.length === 0 ? (
        <p>No team is named, so numbers are of all services together or of each.</p>
      ) : (
        <div class="panel">
          <Table caption="Teams" columns={columns} rows={teams} keyOf={({ name }) => name} />
          <SaveRows name="teams" title="Teams" rows={teams} />
        </div>
      )}
    </Part>
  );
}

type Calendar = Settings["calendars"][number];

const CALENDAR_COLUMNS: readonly Column<Calendar>[] = [
  { title: "Calendar", align: "start", cell: ({ name }) => name, sortBy: ({ name }) => name },
  { title: "Time zone", align: "start", cell: ({ zone }) => zone, sortBy: ({ zone }) => zone },
  {
    title: "Work is done",
    align: "start",
    cell: ({ week }) => (week === null ? `${NONE} nobody said when` : weekWords(week)),
    sortBy: null,
  },
  { title: "Holidays", align: "end", cell: ({ holidays }) => count(holidays), sortBy: ({ holidays }) => holidays },
];

function Calendars({ settings: { calendars } }: { readonly settings: Settings }) {
  return (
    <Part title="Calendars" change={<code>calendars</code>}>
      {calendars.length === 0 ? (
        <p>None: durations in working hours, and the share of work outside them, want one.</p>
      ) : (
        <div class="panel">
          <Table caption="Calendars" columns={CALENDAR_COLUMNS} rows={calendars} keyOf={({ name }) => name} />
          <SaveRows name="calendars" title="Calendars" rows={calendars} />
        </div>
      )}
    </Part>
  );
}

function Digests({ settings: { digests, zone } }: { readonly settings: Settings }) {
  return (
    <Part
      title="Digests"
      change={
        <>
          <code>digests</code>; <code>headway digest</code> shows what would be sent.
        </>
      }
    >
      {digests.length === 0 ? (
        <p>Nothing is sent to anybody.</p>
      ) : (
        <div class="panel">
          <dl class="facts">
            {digests.map((digest) => (
              <div key={digest.name}>
                <dt>{digest.name}</dt>
                <dd>
                  {digestWords(digest, zone)} <span class="muted">Numbers of {digest.scope}.</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Part>
  );
}

const DEFINITION_COLUMNS: readonly Column<Definition>[] = [
  { title: "Number", align: "start", cell: ({ title }) => title, sortBy: ({ title }) => title },
  {
    title: "Definition",
    align: "start",
    cell: ({ definition }) => <span class="why-cell">{definition}</span>,
    sortBy: null,
  },
  { title: "Version", align: "end", cell: ({ version }) => count(version), sortBy: ({ version }) => version },
];

function Definitions({ definitions }: { readonly definitions: Page["definitions"] }) {
  const all = [...(definitions?.values() ?? [])];
  return (
    <section class="section">
      <h2>Definitions in force</h2>
      <div class="panel">
        <Table caption="Definitions in force" columns={DEFINITION_COLUMNS} rows={all} keyOf={({ id }) => id} />
        <SaveRows name="definitions" title="Definitions in force" rows={all} />
      </div>
      <p class="small muted">
        They are the same for everybody and come with the version; what people decided is under “What people decided” on{" "}
        <Go to="data">Data</Go>.
      </p>
    </section>
  );
}

function Loading() {
  return (
    <>
      <Opening title="Settings" sentence={null} />
      <Skeleton label="Loading the settings" kind="row" count={12} />
    </>
  );
}
