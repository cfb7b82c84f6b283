/** The tables. Instants are epoch milliseconds, flags 0 or 1, unknown is null. Durations are not stored: they follow from instants. */
import type { Generated } from "kysely";

type Flag = 0 | 1;

export interface SourceTable {
  id: Generated<number>;
  key: string;
  name: string;
  host: string;
  cursor: string | null;
  synced_at: number | null;
  error: string | null;
  /** JSON list of notices. */
  notices: string;
  /** Grows with every batch that changed an event: facts derived from an older one are stale. */
  revision: Generated<number>;
}

/** What each sync of a source did; the last ones are kept. */
export interface SyncTable {
  id: Generated<number>;
  source_id: number;
  started_at: number;
  /** `null` while it runs, and when it was killed. */
  ended_at: number | null;
  changed: number;
  requests: number;
  /** JSON list of notices. */
  notices: string;
  error: string | null;
}

export interface EventTable {
  source_id: number;
  kind: string;
  repository: string;
  id: string;
  /** The event without its identity, as JSON. */
  body: string;
  learnt_at: number;
}

/** Events that changed since facts were derived from their repository. */
export interface NewsTable {
  source_id: number;
  repository: string;
  kind: string;
  id: string;
  /** That of the source which it came with. */
  revision: number;
}

/** What is settled of each service's history: what comes later does not change its facts. */
export interface SettledTable {
  service_id: number;
  /** As JSON: ids of events, and of what is watched for. */
  body: string;
}

export interface ServiceTable {
  id: Generated<number>;
  source_id: number;
  repository: string;
  name: string;
  /** The rules its facts were derived by, as JSON. */
  definition: string | null;
  /** The source's revision its facts were derived from. */
  revision: number | null;
  /** Of a part of a repository: commits that nobody can give to it. */
  unplaced_commits: number | null;
  /** How often its facts were derived. */
  derived: Generated<number>;
}

/** What a service has at a glance, as JSON, of one derivation of its facts. */
export interface SummaryTable {
  service_id: number;
  derived: number;
  body: string;
}

/** What metrics observe in the facts of a service and month. */
export interface SegmentTable {
  list: string;
  service_id: number;
  month: number;
  definition: string;
  body: Uint8Array;
}

/** What one metric observes in a year of a service. */
export interface StretchTable {
  list: string;
  service_id: number;
  year: number;
  metric: string;
  definition: string;
  body: Uint8Array;
}

/** The version of the facts since which a month of a service is another. */
export interface TouchedTable {
  list: string;
  service_id: number;
  month: number;
  version: number;
}

export interface CommitFactTable {
  service_id: number;
  sha: string;
  title: string;
  author_kind: string;
  authored_at: number | null;
  committed_at: number | null;
  is_merge: Flag;
  on_default_branch: Flag;
  integrated: number | null;
  is_revert: Flag;
  is_direct: Flag | null;
  change_number: number | null;
  deployed_at: number | null;
  deployment_id: string | null;
  is_before_record: Flag;
}

export interface DeploymentFactTable {
  service_id: number;
  id: string;
  url: string | null;
  environment: string;
  tier: string;
  route: string;
  sha: string | null;
  is_commit_known: Flag;
  status: string;
  created_at: number;
  deployed_at: number | null;
  previous_deployed_at: number | null;
  is_rollback: Flag;
  is_rework: Flag;
  /** JSON lists. */
  failed_by: string;
  incidents: string;
  recovered_at: number | null;
  commits: number | null;
  changes: number | null;
  patched_at: number | null;
  is_feature_release: Flag;
  /** JSON list. */
  overruled: string;
  is_train: Flag | null;
  began_at: number | null;
}

export interface ChangeFactTable {
  service_id: number;
  id: string;
  number: number;
  url: string | null;
  title: string;
  author_kind: string;
  requested_at: number | null;
  opened_at: number | null;
  ready_at: number | null;
  first_commit_at: number | null;
  first_review_at: number | null;
  first_response_at: number | null;
  first_approval_at: number | null;
  merged_at: number | null;
  closed_at: number | null;
  merge_commit: string | null;
  is_integrated: Flag;
  deployed_at: number | null;
  deployment_id: string | null;
  is_before_record: Flag;
  additions: number | null;
  deletions: number | null;
  reverted_by: string | null;
  is_truncated: Flag;
  work_type: string | null;
  review_rounds: number | null;
  is_by_train: Flag | null;
  /** JSON list. */
  labels: string | null;
}

export interface IncidentFactTable {
  service_id: number;
  id: string;
  number: number | null;
  url: string | null;
  title: string;
  opened_at: number;
  resolved_at: number | null;
  false_alarm: Flag;
  linked_by: string;
  deployment_id: string | null;
}

export interface AlertFactTable {
  service_id: number;
  id: string;
  scan: string;
  severity: string | null;
  url: string | null;
  title: string;
  opened_at: number;
  fixed_at: number | null;
  dismissed_at: number | null;
}

export interface PipelineFactTable {
  service_id: number;
  id: string;
  name: string;
  url: string | null;
  sha: string;
  branch: string | null;
  on_default_branch: Flag;
  outcome: string;
  attempts: number;
  created_at: number;
  begun_at: number | null;
  started_at: number | null;
  finished_at: number | null;
  paused_at: number | null;
  resumed_at: number | null;
  is_flaky: Flag | null;
  broke_at: number | null;
  green_at: number | null;
  /** JSON: pairs of a kind of runner and minutes. */
  runner_minutes: string | null;
}

/** One row: how often facts have changed. */
export interface FactsTable {
  id: 1;
  version: number;
}

/** Who works on a source now. */
export interface LeaseTable {
  name: string;
  holder: string;
  expires_at: number;
}

/** With what programs may push. */
export interface TokenTable {
  id: Generated<number>;
  name: string;
  scope: string;
  /** SHA-256, hexadecimal. */
  hash: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

/** A service as those who push call it. */
export interface PushedServiceTable {
  name: string;
  repository: string | null;
  is_service: Flag;
  revision: number;
  received_at: number;
}

/** What people decided: rows are added and never changed. */
export interface DigestNoteTable {
  digest: string;
  note: string;
  noted_at: number;
}

export interface ExperimentTable {
  id: Generated<number>;
  /** `null` of a withdrawal, and so is all that an experiment says. */
  scope: string | null;
  metric: string | null;
  /** What is tried; of a withdrawal the reason. */
  tries: string;
  usual: number | null;
  target: number | null;
  start_day: string | null;
  weeks: number | null;
  promise: number | null;
  /** Of a withdrawal: the row that no longer holds. */
  withdraws: number | null;
  actor: string;
  made_at: number;
}

export interface ProgrammeTable {
  id: Generated<number>;
  /** The canonical text of the whole programme. */
  content: string;
  hash: string;
  reason: string | null;
  actor: string;
  made_at: number;
}

/** Added and never changed. */
export interface ReviewTable {
  id: Generated<number>;
  kind: string;
  about: string;
  /** The canonical text of all that was frozen. */
  content: string;
  hash: string;
  actor: string;
  made_at: number;
}

/** Added and never changed: what a role of a team answered last holds. */
export interface TeamAssessmentTable {
  id: Generated<number>;
  team: string;
  quarter: string;
  role: string;
  /** JSON: by question. */
  answers: string;
  made_at: number;
}

export interface JudgementTable {
  id: Generated<number>;
  kind: string;
  service: string | null;
  subject: string | null;
  first_day: string | null;
  day_after: string | null;
  recovered_at: number | null;
  /** A team or a system, `team:payments`; a service stands in `service`. */
  scope: string | null;
  /** Of the adoption of a way to work: limits start anew on its first day. */
  rebases: Flag | null;
  /** Of a reversal: the row that no longer holds. */
  reverses: number | null;
  reason: string;
  actor: string;
  made_at: number;
}

/** What was frozen of savings before anybody looked: rows are added and never changed. */
export interface SavingRecordTable {
  id: Generated<number>;
  /** `null` of a withdrawal, as are name, content and hash. */
  kind: string | null;
  name: string | null;
  content: string | null;
  /** SHA-256 of the content, hexadecimal. */
  hash: string | null;
  /** Of a withdrawal: the row that no longer holds. */
  withdraws: number | null;
  reason: string | null;
  actor: string;
  made_at: number;
}

/** What somebody says is saved: rows are added and never changed. */
export interface LedgerLineTable {
  id: Generated<number>;
  title: string;
  lever: string;
  owner: string;
  scope: string;
  from_month: string;
  /** Money a month. */
  amount: number | null;
  /** A month. */
  hours: number | null;
  actor: string;
  made_at: number;
}

/** What became of a line of the ledger. */
export interface LedgerTransitionTable {
  id: Generated<number>;
  line_id: number;
  /** Counts up with each step of the line. */
  number: number;
  step: string;
  amount: number | null;
  hours: number | null;
  evidence: string;
  day: string;
  actor: string;
  made_at: number;
}

/** Where a line goes from a month on. */
export interface LedgerFundingTable {
  id: Generated<number>;
  line_id: number;
  number: number;
  from_month: string;
  /** JSON. */
  placements: string;
  reason: string | null;
  actor: string;
  made_at: number;
}

/** What the books say was paid: a later number of the same cost centre and month is another version of it. */
export interface ActualTable {
  id: Generated<number>;
  cost_centre: string;
  month: string;
  number: number;
  amount: number;
  /** SHA-256 of the file that said it, hexadecimal. */
  file_hash: string;
  actor: string;
  made_at: number;
}

/** With what something is hashed that a statement must not hold itself. */
export interface SealTable {
  /** Which: `evidence 3 1` is the first step of line 3, `signer Start` who froze the record of that name. */
  subject: string;
  /** 32 hexadecimal digits, by chance. */
  salt: string;
}

/** What was handed out of a month. */
export interface StatementTable {
  id: Generated<number>;
  month: string;
  /** The whole pack. */
  content: string;
  /** The last of its chain, hexadecimal. */
  hash: string;
  /** The hash of the one before; empty of the first. */
  previous: string;
  actor: string;
  made_at: number;
}

/** What people froze: rows are added and never changed. */
export interface BaselineTable {
  id: Generated<number>;
  /** `null` of a withdrawal, as are content and hash. */
  name: string | null;
  content: string | null;
  /** SHA-256 of the content, hexadecimal. */
  hash: string | null;
  /** Of a withdrawal: the row that is no longer compared with. */
  withdraws: number | null;
  reason: string | null;
  signer: string;
  made_at: number;
}

/** Who can log in. */
export interface MemberTable {
  id: Generated<number>;
  /** The name in lower case. */
  key: string;
  name: string;
  role: string;
  /** scrypt, with its parameters and its salt. */
  password: string | null;
  /** SHA-256, hexadecimal. */
  invitation: string | null;
  invited_until: number | null;
  /** Who this is to an identity provider: its address and its own id. */
  subject: string | null;
  created_at: number;
  /** JSON: the teams that the provider's groups showed them; `null`: the configuration says it by their name. */
  teams: string | null;
}

export interface SessionTable {
  id: Generated<number>;
  /** SHA-256, hexadecimal. */
  hash: string;
  member_id: number;
  began_at: number;
  used_at: number;
  expires_at: number;
}

/** A view that whoever has its link may see. */
export interface ShareTable {
  id: Generated<number>;
  /** SHA-256, hexadecimal. */
  hash: string;
  path: string;
  made_by: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
  /** JSON: the teams that whoever made it was shown; `null`: all. */
  teams: string | null;
}

/** By what this installation is told from others on its host. */
interface InstallationTable {
  name: string;
}

/** Webhooks that came: the same one again is none. */
interface DeliveryTable {
  /** SHA-256 of what it said and to whom, hexadecimal. */
  hash: string;
  received_at: number;
}

/** Who changed what: rows are added and never changed. */
export interface AuditTable {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  subject: string;
  /** JSON. */
  before: string | null;
  after: string | null;
}

export interface Schema {
  installation: InstallationTable;
  delivery: DeliveryTable;
  member: MemberTable;
  session: SessionTable;
  share: ShareTable;
  audit: AuditTable;
  baseline: BaselineTable;
  judgement: JudgementTable;
  experiment: ExperimentTable;
  programme: ProgrammeTable;
  review: ReviewTable;
  team_assessment: TeamAssessmentTable;
  saving_record: SavingRecordTable;
  ledger_line: LedgerLineTable;
  ledger_transition: LedgerTransitionTable;
  ledger_funding: LedgerFundingTable;
  actual: ActualTable;
  seal: SealTable;
  statement: StatementTable;
  digest_note: DigestNoteTable;
  token: TokenTable;
  pushed_service: PushedServiceTable;
  source: SourceTable;
  sync: SyncTable;
  event: EventTable;
  news: NewsTable;
  settled: SettledTable;
  service: ServiceTable;
  commit_fact: CommitFactTable;
  deployment_fact: DeploymentFactTable;
  change_fact: ChangeFactTable;
  incident_fact: IncidentFactTable;
  alert_fact: AlertFactTable;
  pipeline_fact: PipelineFactTable;
  facts: FactsTable;
  summary: SummaryTable;
  segment: SegmentTable;
  stretch: StretchTable;
  touched: TouchedTable;
  lease: LeaseTable;
}
