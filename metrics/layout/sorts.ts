/**
 * Kinds of files that tell what a repository is for, by their paths alone. Each is a rule that a person would agree with at a glance: what
 * is named like one and is none (`docs/api.md`, a changelog, a folder of insurance policies) tells nothing.
 */

/** Raised when the same paths tell something else than before: collectors then list the files again. */
export const SORTS_VERSION = 1;

/** A path in the pieces that rules look at, in lower case. */
export interface PathParts {
  readonly name: string;
  /** What follows the last dot of the name; empty without one. */
  readonly ending: string;
  /** The folders it lies in, from the root. */
  readonly folders: readonly string[];
}

export const SORT_NAMES = [
  "openapi",
  "rpc",
  "graphql",
  "migrations",
  "dbt",
  "data-pipelines",
  "messages",
  "connectors",
  "infrastructure-code",
  "cluster",
  "runners",
  "pipeline-parts",
  "policies",
  "scan-rules",
  "core-programs",
  "code-owners",
] as const;
export type Sort = (typeof SORT_NAMES)[number];

/** The kind of a file; `null` for most files, which tell nothing. */
export function sortOf(parts: PathParts): Sort | null {
  return SORT_NAMES.find((sort) => RULES[sort](parts)) ?? null;
}

const CONFIGURATION = new Set(["yaml", "yml", "json", "properties", "toml"]);
const YAML_OR_JSON = new Set(["yaml", "yml", "json"]);
const YAML = new Set(["yaml", "yml"]);

const RULES: Readonly<Record<Sort, (parts: PathParts) => boolean>> = {
  openapi: isApiDescription,
  // Definitions that come with a compiler or a framework are somebody else's interface.
  rpc: ({ ending, folders }) =>
    (ending === "proto" && !folders.includes("google") && !folders.includes("googleapis")) ||
    ["thrift", "smithy", "wsdl"].includes(ending),
  // A query is what a client asks; a schema is what is offered.
  graphql: ({ name, ending, folders }) =>
    ["graphqls", "gqls"].includes(ending) ||
    (["graphql", "gql"].includes(ending) &&
      (/(?:^|[.-])schema\./.test(name) || folders.some((folder) => /^schemas?$/.test(folder)))),
  migrations: isMigration,
  dbt: ({ name, ending, folders }) =>
    /^dbt_project\.ya?ml$/.test(name) || (ending === "sql" && folders.includes("models")),
  "data-pipelines": ({ ending, folders }) => ending === "py" && folders.includes("dags"),
  messages: ({ name, ending, folders }) =>
    ["avsc", "avdl"].includes(ending) ||
    (YAML_OR_JSON.has(ending) && /(?:^|[.-])asyncapi(?:[.-]|$)/.test(name)) ||
    (YAML.has(ending) && (/kafka-?topics?/.test(name) || (folders.includes("kafka") && folders.includes("topics")))) ||
    (ending === "json" && /definitions/.test(name) && [name, ...folders].some((part) => part.includes("rabbitmq"))),
  connectors: isConnector,
  "infrastructure-code": isInfrastructureCode,
  cluster: ({ name, ending, folders }) =>
    ["chart.yaml", "kustomization.yaml", "kustomization.yml", "helmfile.yaml"].includes(name) ||
    (YAML.has(ending) &&
      (folders.some((folder) => /^(?:k8s|kubernetes)$/.test(folder)) ||
        (folders.at(-1) === "templates" && folders.some((folder) => /^(?:helm|charts?)$/.test(folder))))),
  runners: ({ name, ending, folders }) =>
    name.endsWith(".pkr.hcl") ||
    ([...YAML, "toml"].includes(ending) &&
      (/^runner-?(?:set|deployment|scale-?set)s?\b/.test(name) ||
        folders.some((folder) => /^(?:actions|gitlab|arc|github)-runners?(?:-controller)?$/.test(folder)))),
  // Every repository has a pipeline of its own, which tells nothing; parts of pipelines are made for the others.
  "pipeline-parts": ({ name, folders }) =>
    /.\.gitlab-ci\.ya?ml$/.test(name) || (/^action\.ya?ml$/.test(name) && !folders.includes(".github")),
  // Not by the word: a folder of policies may be a product of an insurer.
  policies: ({ name, ending, folders }) =>
    ["rego", "sentinel", "cedar"].includes(ending) ||
    (YAML.has(ending) && folders.some((folder) => /^(?:kyverno|gatekeeper|conftest)$/.test(folder))) ||
    (ending === "json" && /(?:^|-)realm(?:-export)?\.json$/.test(name)),
  "scan-rules": ({ name, ending, folders }) =>
    ["yar", "yara", "ql", "qll"].includes(ending) ||
    (YAML.has(ending) &&
      (/^falco[_-]rules/.test(name) ||
        folders.some((folder) => /^(?:\.?semgrep|semgrep-rules|sigma|sigma-rules|nuclei-templates)$/.test(folder)))),
  "core-programs": ({ ending }) => ["cbl", "cob", "cpy", "jcl", "abap", "rpgle", "pli"].includes(ending),
  "code-owners": ({ name, folders }) =>
    name === "codeowners" && /^(?:|\.github|\.gitlab|docs)$/.test(folders.join("/")),
};

/** By its name, or as a part of one in a folder that is called so. What generates or shows one is none. */
function isApiDescription({ name, ending, folders }: PathParts): boolean {
  if (["raml", "apib"].includes(ending)) return true;
  if (!YAML_OR_JSON.has(ending) || /config|generator|codegen|template|tsconfig|package|-ui\b/.test(name)) return false;
  return (
    /(?:^|[._-])(?:openapi|swagger|oas3?)(?:[._-]?v?\d[\d._-]*)?(?:[._-]|$)/.test(name) ||
    folders.some((folder) => /^(?:openapi|swagger)$/.test(folder))
  );
}

const MIGRATION_FOLDER = /^(?:db_?)?(?:migrations?|migrate)$/;

/** As Flyway, Rails, Django, Alembic, Prisma, Drizzle, Knex, TypeORM, Liquibase and their like number them. */
function isMigration({ name, ending, folders }: PathParts): boolean {
  // Flyway and Liquibase, wherever they lie.
  if (/^(?:[vu]\d[\d._]*|r)__.+\.(?:sql|java|kt)$/.test(name)) return true;
  if (/^db\.changelog\b.*\.(?:xml|ya?ml|json|sql)$/.test(name)) return true;
  if (folders.includes("liquibase") && ["xml", "yaml", "yml", "sql"].includes(ending)) return true;
  const near = folders.slice(-2);
  const isThere = near.some((folder) => MIGRATION_FOLDER.test(folder)) || near.join("/") === "alembic/versions";
  if (ending === "sql") return isThere || folders[0] === "drizzle";
  const isCode =
    /^(?:rb|py|[cm]?[jt]s|go|java|kt|cs|php|exs)$/.test(ending) && !/\.(?:test|spec|designer|d)\./.test(name);
  if (near.join("/") === "alembic/versions" || near.join("/") === "migrations/versions") return ending === "py";
  return isThere && isCode && /^(?:v|m)?\d{3,}[a-z]?[-_.]/.test(name);
}

/** Configuration of connectors and flows, not code that is called so. */
function isConnector({ name, ending, folders }: PathParts): boolean {
  if (/\.camel\.(?:ya?ml|xml)$/.test(name) || ["odx", "btproj", "iflw"].includes(ending)) return true;
  if (name === "mule-artifact.json") return true;
  if (ending === "xml" && folders.at(-1) === "mule") return true;
  if (!CONFIGURATION.has(ending) || /^(?:package|tsconfig|project)\b/.test(name)) return false;
  return (
    /(?:^|[._-])(?:debezium|kafka-connect)(?:[._-]|$)/.test(name) ||
    /-connector\.(?:json|ya?ml|properties)$/.test(name) ||
    folders.some((folder) => /^(?:kafka-connect|debezium)$/.test(folder)) ||
    folders.at(-1) === "connectors"
  );
}

function isInfrastructureCode({ name, ending, folders }: PathParts): boolean {
  if (["tf", "tofu", "bicep"].includes(ending) || name.endsWith(".tf.json")) return true;
  if (["terragrunt.hcl", "pulumi.yaml", "cdk.json", "ansible.cfg"].includes(name)) return true;
  if (!YAML_OR_JSON.has(ending)) return false;
  return (
    folders.includes("cloudformation") ||
    (folders.some((folder) => folder === "playbooks") && YAML.has(ending)) ||
    (folders.includes("roles") && /^(?:tasks|handlers)$/.test(folders.at(-1) ?? ""))
  );
}
