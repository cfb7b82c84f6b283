/**
 * Everything Headway keeps that is about a person, or that a person may have written: what for, and for how long.
 *
 * A field of an event that is not listed here does not compile, and a test holds the columns of the database against it.
 */
import type { DeliveryEvent, EventKind, Review } from "#metrics/events.ts";

/** What is kept of people, and why. */
export interface Personal {
  readonly holds: string;
  readonly purpose: string;
  readonly retention: Retention;
}

/**
 * `pseudonyms`: as many months as configured; `history`: as long as the database; `key`: as long as its file; `written`: as long as it
 * stands there; `user`: as long as somebody can log in; `session`: as long as somebody is logged in.
 */
export type Retention = "pseudonyms" | "history" | "key" | "written" | "user" | "session";

/** Says nothing of a person. */
const nobody = null;

const pseudonym = (whose: string, purpose: string): Personal => ({
  holds: `a keyed pseudonym of ${whose}, never a name, an account or an e-mail address`,
  purpose,
  retention: "pseudonyms",
});

const written = (what: string): Personal => ({
  holds: `${what}, as a person wrote it: it may name somebody`,
  purpose: "shows which row is meant; never searched, sorted or grouped by people",
  retention: "history",
});

const moment = (what: string): Personal => ({
  holds: `when ${what}; whose doing it was is not told by it once the pseudonym is gone`,
  purpose: "durations between two instants, which would change if it were blurred",
  retention: "history",
});

/** Who signed a row, and when. */
const signedBy = (table: string, did: string): Readonly<Record<string, Personal>> => ({
  [`${table}.actor`]: {
    holds: `the name that somebody gave for themselves when they ${did}; that of a user where one logged in`,
    purpose: "an auditor sees who answers for it; no number is kept of it",
    retention: "history",
  },
  [`${table}.made_at`]: {
    holds: `when somebody ${did}, beside the name they gave`,
    purpose: "what was said before results were known can be told from what was said after",
    retention: "history",
  },
});

const user = (holds: string, purpose: string): Personal => ({ holds, purpose, retention: "user" });
const session = (holds: string, purpose: string): Personal => ({ holds, purpose, retention: "session" });

type Fields<Event> = Readonly<Record<Exclude<keyof Event, "kind" | "source" | "repository">, Personal | null>>;
type Registry = { readonly [Kind in EventKind]: Fields<Extract<DeliveryEvent, { kind: Kind }>> };

const events: Registry = {
  repository: {
    id: nobody,
    url: nobody,
    defaultBranch: nobody,
    head: nobody,
    archivedAt: nobody,
    truncated: nobody,
  },
  commit: {
    id: nobody,
    parents: nobody,
    author: pseudonym("who wrote it", "to tell people from bots, and whether a review was somebody else's"),
    authorKind: nobody,
    authoredAt: moment("the commit was written"),
    committedAt: moment("the commit was made"),
    title: written("the first line of the message"),
    changeNumber: nobody,
    reverts: nobody,
    cherryPickedFrom: nobody,
    paths: nobody,
  },
  change: {
    id: nobody,
    number: nobody,
    url: nobody,
    title: written("the title"),
    author: pseudonym("who opened it", "to tell a review of one's own change from somebody else's"),
    authorKind: nobody,
    labels: nobody,
    targetBranch: nobody,
    sourceBranch: written("the name of the branch"),
    requestedAt: moment("the first issue that it closes was opened"),
    openedAt: moment("it was opened"),
    readyAt: moment("it was ready for review"),
    mergedAt: moment("it was merged"),
    closedAt: moment("it was closed"),
    reopenedAt: moment("it was opened again"),
    mergeCommit: nobody,
    commits: moment("each of its commits was written"),
    reviews: pseudonym("each reviewer", "to find the first review by somebody who is neither the author nor a bot"),
    additions: nobody,
    deletions: nobody,
    paths: nobody,
    truncated: nobody,
  },
  pipeline: {
    id: nobody,
    name: nobody,
    url: nobody,
    sha: nobody,
    branch: written("the name of the branch"),
    outcome: nobody,
    attempt: nobody,
    earlier: nobody,
    createdAt: nobody,
    startedAt: nobody,
    finishedAt: nobody,
    // Of a runner its kind is kept, and neither its name nor its number.
    jobs: nobody,
    retried: nobody,
  },
  deployment: {
    id: nobody,
    url: nobody,
    environment: nobody,
    tier: nobody,
    sha: nobody,
    createdAt: nobody,
    statuses: nobody,
    fixesVersion: nobody,
    deployerKind: nobody,
  },
  release: {
    id: nobody,
    name: nobody,
    url: nobody,
    sha: nobody,
    publishedAt: nobody,
    draft: nobody,
    prerelease: nobody,
  },
  incident: {
    id: nobody,
    number: nobody,
    url: nobody,
    title: written("the title"),
    labels: nobody,
    openedAt: nobody,
    resolvedAt: nobody,
    falseAlarm: nobody,
    deployment: nobody,
    causedBy: nobody,
  },
  layout: {
    id: nobody,
    files: nobody,
    isWhole: nobody,
    folders: {
      holds: "paths of a few files of the repository, by their kind: a folder may be called like somebody",
      purpose: "shows why an element of the backbone is suggested; the list of all files is not kept",
      retention: "history",
    },
  },
  alert: {
    id: nobody,
    scan: nobody,
    severity: nobody,
    url: nobody,
    title: nobody,
    openedAt: nobody,
    fixedAt: nobody,
    dismissedAt: nobody,
  },
};

/** What is kept of one review, inside its change. */
const review: Readonly<Record<keyof Review, Personal | null>> = {
  kind: nobody,
  at: moment("it was given"),
  author: pseudonym("the reviewer", "to find the first review by somebody who is neither the author nor a bot"),
  authorKind: nobody,
  byChangeAuthor: nobody,
};

/** Every column there is, so that none is added without somebody asking whether it tells of a person. */
const tables: Readonly<Record<string, string>> = {
  source: "id key name host cursor synced_at error notices revision",
  sync: "id source_id started_at ended_at changed requests notices error",
  event: "source_id kind repository id body learnt_at",
  news: "source_id repository kind id revision",
  settled: "service_id body",
  service: "id source_id repository name definition revision unplaced_commits derived",
  token: "id name scope hash created_at expires_at last_used_at revoked_at",
  member: "id key name role password invitation invited_until subject created_at teams",
  installation: "name",
  delivery: "hash received_at",
  session: "id hash member_id began_at used_at expires_at",
  share: "id hash path made_by created_at expires_at last_used_at revoked_at teams",
  audit: "id at actor action subject before after",
  pushed_service: "name repository is_service revision received_at",
  lease: "name holder expires_at",
  digest_note: "digest note noted_at",
  experiment: "id scope metric tries usual target start_day weeks promise withdraws actor made_at",
  programme: "id content hash reason actor made_at",
  review: "id kind about content hash actor made_at",
  team_assessment: "id team quarter role answers made_at",
  saving_record: "id kind name content hash withdraws reason actor made_at",
  ledger_line: "id title lever owner scope from_month amount hours actor made_at",
  ledger_transition: "id line_id number step amount hours evidence day actor made_at",
  ledger_funding: "id line_id number from_month placements reason actor made_at",
  actual: "id cost_centre month number amount file_hash actor made_at",
  seal: "subject salt",
  statement: "id month content hash previous actor made_at",
  baseline: "id name content hash withdraws reason signer made_at",
  judgement: "id kind service subject first_day day_after recovered_at reverses reason actor made_at scope rebases",
  commit_fact:
    "service_id sha title author_kind authored_at committed_at is_merge on_default_branch integrated is_revert is_direct change_number deployed_at deployment_id is_before_record",
  deployment_fact:
    "service_id id url environment tier route sha is_commit_known status created_at deployed_at previous_deployed_at is_rollback is_rework failed_by incidents recovered_at commits changes patched_at is_feature_release overruled is_train began_at",
  change_fact:
    "service_id id number url title author_kind requested_at opened_at ready_at first_commit_at first_review_at first_response_at first_approval_at merged_at closed_at merge_commit is_integrated deployed_at deployment_id is_before_record additions deletions reverted_by is_truncated work_type review_rounds is_by_train labels",
  incident_fact: "service_id id number url title opened_at resolved_at false_alarm linked_by deployment_id",
  alert_fact: "service_id id scan severity url title opened_at fixed_at dismissed_at",
  pipeline_fact:
    "service_id id name url sha branch on_default_branch outcome attempts created_at begun_at started_at finished_at paused_at resumed_at is_flaky broke_at green_at runner_minutes",
  facts: "id version",
  segment: "list service_id month definition body",
  stretch: "list service_id year metric definition body",
  touched: "list service_id month version",
  summary: "service_id derived body",
};

/** `commit_fact.title` and so on. */
export const columnNames: readonly string[] = Object.entries(tables).flatMap(([table, columns]) =>
  columns.split(" ").map((column) => `${table}.${column}`),
);

/** Columns that hold something of people; every other one was looked at and holds none. */
const columns: Readonly<Record<string, Personal>> = {
  "event.body": {
    holds: "the events, with the fields above",
    purpose: "facts are derived from it, so that a changed rule needs nothing fetched again",
    retention: "history",
  },
  "commit_fact.title": written("the first line of a commit's message"),
  "commit_fact.authored_at": moment("a commit was written"),
  "commit_fact.committed_at": moment("a commit was made"),
  "segment.body": moment("commits, changes and deployments of a service counted"),
  "stretch.body": moment("commits, changes and deployments of a service counted"),
  "change_fact.title": written("a change's title"),
  "change_fact.requested_at": moment("the first issue that a change closes was opened"),
  "change_fact.opened_at": moment("a change was opened"),
  "change_fact.ready_at": moment("a change was ready for review"),
  "change_fact.first_commit_at": moment("a change's first commit was written"),
  "change_fact.first_review_at": moment("a change was first reviewed"),
  "change_fact.first_response_at": moment("a change was first answered"),
  "change_fact.first_approval_at": moment("a change was first approved"),
  "change_fact.merged_at": moment("a change was merged"),
  "change_fact.closed_at": moment("a change was closed"),
  "incident_fact.title": written("an incident's title"),
  "pipeline_fact.branch": written("the name of the branch that a run was for"),
  "token.name": written("what somebody called a token for pushing"),
  "member.key": user("the name of somebody who can log in, in lower case", "no two of them have names that look alike"),
  "member.name": user("the name of somebody who can log in", "they log in by it, and sign by it what they decide"),
  "member.role": user("what somebody may do here", "nobody does what is not for them"),
  "member.password": user(
    "scrypt of somebody's password with a salt of its own; never the password",
    "to know it again when it is entered",
  ),
  "member.invitation": user("a hash of the code by which somebody was invited", "it lets them in once"),
  "member.invited_until": user("until when somebody can take an invitation", "an old one lets nobody in"),
  "member.subject": user("the number by which an identity provider knows somebody", "they are the same one next time"),
  "member.created_at": user("when somebody was added", "whoever adds people sees since when"),
  "member.teams": user(
    "the teams whose services somebody sees as a viewer, where `visibility` is `teams`",
    "nobody will see a team that is not for them",
  ),
  "session.hash": session("a hash of the cookie of a browser", "to know it again"),
  "session.member_id": session("who is logged in", "what they may do is theirs, and they see where they are logged in"),
  "session.began_at": session("when somebody logged in", "a session ends, however much it is used"),
  "session.used_at": session(
    "when somebody last asked for something, to the minute",
    "a session ends that nobody uses",
  ),
  "session.expires_at": session("when somebody has to log in again", "a session ends, however much it is used"),
  "share.made_by": {
    holds: "the name of who made a link",
    purpose: "whoever finds a link knows whom to ask about it",
    retention: "history",
  },
  "audit.actor": {
    holds: "the name of who changed something: of a user, or what somebody called themselves where nobody can log in",
    purpose: "an auditor sees who changed what; no number is kept of it",
    retention: "history",
  },
  "audit.at": {
    holds: "when somebody changed something, beside their name; logging in and out is not in it",
    purpose: "what was in force when a number was read can be told",
    retention: "history",
  },
  "audit.subject": {
    holds: "what was changed; of users and their sessions the name",
    purpose: "an auditor sees who was given which role, and by whom",
    retention: "history",
  },
  "audit.before": written("what was there before a change"),
  "audit.after": written("what was there after a change"),
  "experiment.tries": {
    holds: "what a team tries, or why it gave that up, as somebody wrote it: it may name somebody",
    purpose: "whoever looks for what was tried before finds it",
    retention: "history",
  },
  "experiment.actor": {
    holds: "the name that somebody gave for themselves when they set or withdrew an experiment; it is not verified",
    purpose: "whoever wants to know more knows whom to ask; no number is kept of it",
    retention: "history",
  },
  "experiment.made_at": {
    holds: "when somebody set or withdrew an experiment, beside the name they gave",
    purpose: "what was promised was promised before",
    retention: "history",
  },
  "programme.content": written(
    "what somebody wrote of the programme; owners in it are roles or teams, and whatever is written may name somebody",
  ),
  "programme.reason": written("why somebody changed the programme"),
  "programme.actor": {
    holds:
      "the name that somebody gave for themselves when they changed the programme; that of a user where one logged in",
    purpose: "whoever wants to know more knows whom to ask; no number is kept of it",
    retention: "history",
  },
  "programme.made_at": {
    holds: "when somebody changed the programme, beside the name they gave",
    purpose: "what was planned at any time can be told",
    retention: "history",
  },
  "review.content": written(
    "the numbers, practices and conditions of services and teams as a review froze them, its minutes and its decisions; minutes may name somebody",
  ),
  "review.actor": {
    holds: "the name that somebody gave for themselves when they held a review; that of a user where one logged in",
    purpose: "whoever wants to know more knows whom to ask; no number is kept of it",
    retention: "history",
  },
  "review.made_at": {
    holds: "when a review was held, beside the name that was given",
    purpose: "what was known when it was decided can be told",
    retention: "history",
  },
  "saving_record.name": written("what somebody called a record of savings"),
  "saving_record.content": written("what was frozen of how a saving is measured, with the name that the signer gave"),
  "saving_record.reason": written("why somebody withdrew a record of savings"),
  "ledger_line.title": written("what somebody called a saving"),
  "ledger_line.owner": written("the role or the team that answers for a saving"),
  "ledger_transition.evidence": written("what shows that a saving came so far, or why it was sent back"),
  "ledger_funding.reason": written("why a saving goes where it goes"),
  "seal.subject": written(
    "what somebody called a record of savings, of which a statement holds a hash of who signed it",
  ),
  "actual.cost_centre": written("the number or the name of a cost centre"),
  ...signedBy("saving_record", "froze or withdrew a record of savings"),
  ...signedBy("ledger_line", "added a line to the ledger"),
  ...signedBy("ledger_transition", "moved a line of the ledger or agreed to it"),
  ...signedBy("ledger_funding", "said where a saving goes"),
  ...signedBy("actual", "imported what was paid"),
  ...signedBy("statement", "issued a statement, which itself names nobody"),
  "statement.content": {
    holds:
      "what a statement rests on: titles, owners and sources as people wrote them, which may name somebody, and weeks of teams, in which the work of one person is seen where a team is one",
    purpose: "whoever has it can print each of its figures again",
    retention: "history",
  },
  "baseline.name": written("what somebody called a baseline"),
  "baseline.content": {
    holds:
      "the numbers of a window as they were frozen, and the name that the signer gave; of medians each duration, without whose it was and without any date",
    purpose: "whatever is compared with it is compared with the same numbers, whoever changes what later",
    retention: "history",
  },
  "baseline.reason": {
    holds: "why somebody withdrew a baseline, as they wrote it: it may name somebody",
    purpose: "whoever finds it withdrawn sees why",
    retention: "history",
  },
  "baseline.signer": {
    holds: "the name that somebody gave for themselves when they froze or withdrew a baseline; it is not verified",
    purpose: "who signs answers for it, to everybody who compares with it; no number is kept of it",
    retention: "history",
  },
  "baseline.made_at": {
    holds: "when somebody froze or withdrew a baseline, beside the name they gave",
    purpose: "what was frozen before its results were known can be told from what was frozen after",
    retention: "history",
  },
  "judgement.reason": {
    holds: "why somebody excluded, overruled or noted something, as they wrote it: it may name somebody",
    purpose: "whoever reads a number sees why something does not count in it",
    retention: "history",
  },
  "judgement.actor": {
    holds:
      "the name that somebody gave for themselves when they excluded, overruled or noted something; it is not verified",
    purpose: "who decides what counts answers for it, to everybody who reads the number; no number is kept of it",
    retention: "history",
  },
  "judgement.made_at": {
    holds: "when somebody excluded, overruled or noted something, beside the name they gave",
    purpose: "the order of what was decided",
    retention: "history",
  },
};

const files: Readonly<Record<string, Personal>> = {
  "headway.yaml": {
    holds:
      "under `people`, logins and e-mail addresses of those who have several, and under `bots` and `agents` patterns of such names, and under `digests` the addresses to which mails go, if somebody wrote them there; they stay in that file: no name of it is in the database, a log, an answer or an export",
    purpose:
      "one person is one pseudonym, so that a review under a second account is not taken for somebody else's, programs are not taken for people, and a digest reaches whoever wants it",
    retention: "written",
  },
  "people.key": {
    holds:
      "the key that pseudonyms are made with, sealed with a key that lies elsewhere; whoever has both and a list of accounts can tell whose they are",
    purpose: "the same person is the same pseudonym in every sync",
    retention: "key",
  },
  "secrets.env": {
    holds:
      "tokens that were pasted into the dashboard, sealed with a key that lies elsewhere; each stands for an account at its host",
    purpose: "to ask the host; never in the database, a log, an answer or an export",
    retention: "key",
  },
};

export interface Kept extends Personal {
  /** `commit.author`, `event.body`, `people.key`. */
  readonly where: string;
}

/** All of it, in the order of what is stored where. */
export function personalFields(): Kept[] {
  const inEvents = Object.entries(events).flatMap(([kind, fields]) => kept(kind, fields));
  const inFiles = Object.entries(files).map(([where, personal]) => ({ where, ...personal }));
  const inColumns = Object.entries(columns).map(([where, personal]) => ({ where, ...personal }));
  return [...inEvents, ...kept("change.reviews", review), ...inColumns, ...inFiles];
}

function kept(of: string, fields: Readonly<Record<string, Personal | null>>): Kept[] {
  return Object.entries(fields).flatMap(([field, personal]) =>
    personal === null ? [] : [{ where: `${of}.${field}`, ...personal }],
  );
}

/** How long, in words. */
export function retentionWords(retention: Retention, months: number): string {
  switch (retention) {
    case "pseudonyms":
      return `${months} months, then it is erased (privacy.pseudonymMonths); no number changes by it`;
    case "history":
      return "as long as the database; a new database that is collected again holds what the host still tells";
    case "key":
      return "until the file is deleted";
    case "user":
      return "until the user is removed";
    case "session":
      return "until they log out, 12 hours after they last asked for something, or 7 days after they logged in; the next login erases it";
    case "written":
      return "until it is taken out of the file; the next sync then reads changes and commits again without it";
  }
}

/** What is never kept: said as well, because it is asked first. */
export const NEVER =
  "Never kept: names, e-mail addresses, account names, pictures, messages beyond their first line, the text of reviews and comments. Nobody's name is in the API, in an export, a filter or a sort, but for what somebody who excludes, overrules, freezes or withdraws something, sets an experiment, holds a review, or writes into the ledger, calls themselves, and for the names of those who can log in and what they changed; users are not told to be the authors of anything, and no number is kept per person.";
