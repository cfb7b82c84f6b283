/** The files of the demo organisation's repositories, as far as they tell what each is for. */
import type { Layout } from "#metrics/events.ts";
import { layoutEvent } from "../layout.ts";
import type { ServiceTruth, Truth } from "./truth.ts";

/** Files beside the usual ones, by service. Some say something else than the system that the service was put into. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  "signup-api": ["openapi.yaml", ...migrations(6)],
  "quote-engine": ["proto/quotes/v1/quotes.proto"],
  "tariff-tables": ["dbt_project.yml", ...numbered(24, (n) => `models/tariffs/tariff_${n}.sql`)],
  "app-backend": ["openapi/app.yaml", "openapi/claims.yaml", ...migrations(11)],
  "portal-api": ["src/schema.graphql"],
  documents: migrations(4),
  "claims-api": ["openapi.yaml", ...migrations(19)],
  "fraud-check": [
    ...numbered(14, (n) => `dags/score_${n}.py`),
    ...numbered(9, (n) => `models/claims/feature_${n}.sql`),
    "dbt_project.yml",
  ],
  "policy-api": migrations(31),
  "payments-api": ["openapi.yaml", ...migrations(23)],
  "bank-files": [
    ...numbered(12, (n) => `connectors/bank-${n}.json`),
    "schemas/payment-ordered.avsc",
    "schemas/statement-received.avsc",
  ],
  "broker-api": ["openapi.yaml"],
  "ledger-core": numbered(60, (n) => `src/BOOK${String(n).padStart(3, "0")}.cbl`),
  "ledger-batch": [...numbered(25, (n) => `src/NIGHT${n}.cbl`), ...numbered(12, (n) => `jobs/NIGHT${n}.jcl`)],
  "message-hub": ["asyncapi.yaml", ...numbered(18, (n) => `deploy/kafka/topics/topic-${n}.yaml`)],
  "partner-gateway": ["openapi.yaml", "connectors/partner-a.json", "connectors/partner-b.json"],
  "file-transfer": ["connectors/nightly.properties"],
  warehouse: ["dbt_project.yml", ...numbered(80, (n) => `models/marts/mart_${n}.sql`)],
  reporting: numbered(30, (n) => `models/reports/report_${n}.sql`),
  "data-quality": numbered(8, (n) => `dags/check_${n}.py`),
  "risk-model": numbered(10, (n) => `dags/risk_${n}.py`),
  cluster: ["main.tf", ...numbered(30, (n) => `modules/part-${n}/main.tf`), "charts/base/Chart.yaml"],
  "build-tools": ["templates/build.gitlab-ci.yml", "templates/deploy.gitlab-ci.yml", "images/runner.pkr.hcl"],
  "access-control": [...numbered(16, (n) => `policy/rule_${n}.rego`), "keycloak/partners-realm.json"],
};

/** What every repository has. Teams of the first wave say who owns what. */
function usual({ owners }: ServiceTruth, { teams }: Truth): readonly string[] {
  const isFirst = teams.some(({ name, wave }) => wave === 1 && owners.some(({ team }) => team === name));
  return [
    "README.md",
    ".github/workflows/ci.yml",
    "Dockerfile",
    ...numbered(40, (n) => `src/part-${n}.ts`),
    ...numbered(12, (n) => `test/part-${n}.test.ts`),
    ...(isFirst ? ["CODEOWNERS"] : []),
  ];
}

export function filesOf(service: ServiceTruth, truth: Truth, source: string): Layout {
  const place = { source, repository: service.repository };
  return layoutEvent(place, [...usual(service, truth), ...(TELLING[service.name] ?? [])], true);
}

function numbered(count: number, path: (n: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => path(index + 1));
}

function migrations(count: number): readonly string[] {
  return numbered(count, (n) => `db/migration/V${n}__step.sql`);
}
