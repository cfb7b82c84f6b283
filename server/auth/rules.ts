/** Who may use which path: one rule for each, taken from the contract. What has none is used by nobody. */
import { commands, contract, exportContract, liveContract, openapiContract, writes } from "../contract.ts";
import { operationContract } from "../operation/contract.ts";
import type { May } from "./roles.ts";
import { isRole, ROLE_WORDS, roles } from "./roles.ts";

export interface Rule {
  readonly method: "GET" | "POST";
  /** As the contract has it; `:name` stands for one part of a path. */
  readonly path: string;
  readonly may: May;
  readonly summary: string;
}

export const rules: readonly Rule[] = [
  ...ofAll("GET", contract),
  ...Object.entries(exportContract.least).map(([kind, may]) => ({
    ...of("GET", exportContract.path, exportContract),
    path: exportContract.path.replace(":kind", kind),
    may,
  })),
  of("GET", exportContract.path, exportContract),
  of("GET", liveContract.path, liveContract),
  of("GET", openapiContract.path, openapiContract),
  ...ofAll("GET", operationContract),
  ...ofAll("POST", commands),
  ...ofAll("POST", writes),
];

type Entry = Pick<Rule, "may" | "summary">;

function of(method: Rule["method"], path: string, { may, summary }: Entry): Rule {
  return { method, path, may, summary };
}

function ofAll(method: Rule["method"], entries: Readonly<Record<string, Entry>>): Rule[] {
  return Object.entries(entries).map(([path, entry]) => of(method, path, entry));
}

const EXACT = new Map(rules.map((rule) => [`${rule.method} ${rule.path}`, rule]));

/** Exactly as it is written: no other case and no slash at its end, so that no router finds a path that this did not. */
export function ruleOf(method: string, path: string): Rule | null {
  const verb = method === "HEAD" ? "GET" : method;
  const parent = path.slice(0, path.lastIndexOf("/"));
  return EXACT.get(`${verb} ${path}`) ?? EXACT.get(`${verb} ${parent}/:kind`) ?? null;
}

/** The table of docs/access.md. */
export function accessTable(): string {
  const head = ["path", "what it is", ...roles, "others"];
  const rows = rules.map(({ method, path, may, summary }) => [
    `\`${method} ${path}\``,
    summary.split(/(?<=\.) /)[0] ?? summary,
    ...roles.map((role) => (isAllowed(may, role) ? "yes" : "")),
    OTHERS[isRole(may) ? (may === "viewer" && method === "GET" ? "reader" : "nobody") : may],
  ]);
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const words = roles.map((role) => `- **${role}**: ${ROLE_WORDS[role]}.`);
  return [...words, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

const OTHERS = {
  nobody: "",
  reader: "tokens for reading, share links",
  anyone: "everybody",
  person: "",
  push: "tokens for pushing",
  secret: "the webhook's secret",
  watcher: "this machine, tokens for metrics",
} as const;

function isAllowed(may: May, role: (typeof roles)[number]): boolean {
  if (isRole(may)) return roles.indexOf(role) >= roles.indexOf(may);
  return may === "anyone" || may === "person";
}
