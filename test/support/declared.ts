/** What people declared, decided and signed: a row in each table of theirs, as a statement that any version takes that has the table. */
export interface Declared {
  readonly table: string;
  /** The first schema that keeps it. */
  readonly since: string;
  /** By column. */
  readonly row: Readonly<Record<string, string | number>>;
}

export const DECLARED: readonly Declared[] = [
  {
    table: "judgement",
    since: "0005",
    row: { kind: "annotation", reason: "We moved", actor: "Ada", made_at: 5 },
  },
  { table: "baseline", since: "0008", row: { name: "Start", content: "{}", hash: "x", made_at: 5, signer: "Ada" } },
  { table: "experiment", since: "0013", row: { tries: "Smaller changes", actor: "Ada", made_at: 5 } },
  { table: "digest_note", since: "0014", row: { digest: "slack", note: "2026-W20", noted_at: 5 } },
  {
    table: "audit",
    since: "0016",
    row: { at: 5, actor: "Ada", action: "user.add", subject: "Bo", after: '{"role":"viewer"}' },
  },
  {
    table: "share",
    since: "0016",
    row: { hash: "h", path: "delivery", made_by: "Ada", created_at: 5, expires_at: 9 },
  },
  {
    table: "programme",
    since: "0021",
    row: { content: '{"vision":null}', hash: "x", reason: "Begun", actor: "Ada", made_at: 5 },
  },
  {
    table: "review",
    since: "0022",
    row: { kind: "monthly", about: "2026-05", content: "{}", hash: "x", actor: "Ada", made_at: 5 },
  },
  {
    table: "team_assessment",
    since: "0022",
    row: { team: "payments", quarter: "2026-Q2", role: "lead", answers: "{}", made_at: 5 },
  },
  {
    table: "saving_record",
    since: "0023",
    row: { kind: "baseline", name: "FY26", content: "{}", hash: "x", actor: "Ada", made_at: 5 },
  },
  {
    table: "ledger_line",
    since: "0023",
    row: {
      id: 1,
      title: "Fewer reruns",
      lever: "L5",
      owner: "Ada",
      scope: "organisation",
      from_month: "2026-05",
      amount: 12.5,
      actor: "Ada",
      made_at: 5,
    },
  },
  {
    table: "ledger_transition",
    since: "0023",
    row: { line_id: 1, number: 1, step: "identified", evidence: "Runs", day: "2026-05-01", actor: "Ada", made_at: 5 },
  },
  {
    table: "ledger_funding",
    since: "0023",
    row: { line_id: 1, number: 1, from_month: "2026-06", placements: "[]", actor: "Ada", made_at: 5 },
  },
  {
    table: "actual",
    since: "0023",
    row: { cost_centre: "4711", month: "2026-05", number: 1, amount: 99.5, file_hash: "f", actor: "Ada", made_at: 5 },
  },
  {
    table: "statement",
    since: "0023",
    row: { month: "2026-05", content: "CHAIN", hash: "x", previous: "", actor: "Ada", made_at: 5 },
  },
];

/** What a schema of that number keeps, or an earlier one. */
export function declaredBy(version: string): readonly Declared[] {
  return DECLARED.filter(({ since }) => version >= since);
}

export function inserted({ table, row }: Declared): string {
  const values = Object.values(row).map((value) => `'${value}'`);
  return `insert into ${table} (${Object.keys(row).join(", ")}) values (${values.join(", ")})`;
}

export function selected({ table, row }: Declared): string {
  return `select ${Object.keys(row).join(", ")} from ${table}`;
}
