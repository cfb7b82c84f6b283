import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutOf } from "#metrics/layout/layout.ts";

/** The kinds that paths are, in the order of the paths; those that are none are left out. */
function sorts(paths: readonly string[]): (string | undefined)[] {
  return paths.map((path) => layoutOf([path], true).folders[0]?.hints[0]?.sort);
}

describe("the kinds of files that tell what a repository is for", () => {
  it.each([
    [
      "openapi",
      [
        "openapi.yaml",
        "docs/swagger.json",
        "api/petstore.openapi.yml",
        "spec/openapi-v3.1.json",
        "openapi/paths/users.yaml",
      ],
    ],
    ["rpc", ["proto/acme/shop/v1/shop.proto", "src/main/resources/Claims.wsdl"]],
    ["graphql", ["src/schema.graphql", "graph/schema/order.gql", "api.graphqls"]],
    [
      "migrations",
      [
        "db/migrate/20240102030405_create_orders.rb",
        "shop/orders/migrations/0001_initial.py",
        "alembic/versions/1975ea83b712_add_account.py",
        "src/main/resources/db/migration/V1_2__add_index.sql",
        "src/main/resources/db/changelog/db.changelog-master.xml",
        "prisma/migrations/20240101120000_init/migration.sql",
        "drizzle/0003_brave_hulk.sql",
        "migrations/20190101000000_users.js",
        "src/migrations/1590000000000-Init.ts",
        "database/migrations/2014_10_12_000000_create_users_table.php",
        "priv/repo/migrations/20200101000000_create.exs",
        "internal/store/migrations/000001_init.up.sql",
      ],
    ],
    ["dbt", ["dbt_project.yml", "transform/models/marts/orders.sql"]],
    ["data-pipelines", ["dags/load_orders.py"]],
    ["messages", ["schemas/order-created.avsc", "asyncapi.yaml", "deploy/kafka/topics/orders.yaml"]],
    [
      "connectors",
      ["connectors/orders-sink.json", "kafka-connect/source.properties", "src/main/mule/flow.xml", "orders.camel.yaml"],
    ],
    [
      "infrastructure-code",
      [
        "main.tf",
        "modules/vpc/variables.tf",
        "live/terragrunt.hcl",
        "main.bicep",
        "playbooks/site.yml",
        "roles/web/tasks/main.yml",
      ],
    ],
    [
      "cluster",
      [
        "deploy/chart/Chart.yaml",
        "charts/shop/templates/deployment.yaml",
        "k8s/service.yaml",
        "overlays/prod/kustomization.yaml",
      ],
    ],
    ["runners", ["actions-runner-controller/values.yaml", "gitlab-runner/config.toml", "images/ci.pkr.hcl"]],
    ["pipeline-parts", ["templates/build.gitlab-ci.yml", "action.yml", "setup/action.yaml"]],
    ["policies", ["policy/deny.rego", "kyverno/require-labels.yaml", "keycloak/acme-realm.json"]],
    ["scan-rules", [".semgrep/no-eval.yml", "falco_rules.local.yaml", "rules/dropper.yar"]],
    ["core-programs", ["src/BOOK01.cbl", "jobs/NIGHT.jcl"]],
    ["code-owners", ["CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS"]],
  ])("are %s", (sort, paths) => {
    expect(sorts(paths)).toEqual(paths.map(() => sort));
  });

  it("are not what only sounds like one", () => {
    const paths = [
      "docs/api.md",
      "docs/openapi.md",
      "openapitools.json",
      "openapi-generator-config.yaml",
      "openapi-ts.config.json",
      "docs/migrations/v3-to-v4.md",
      "docs/migration.md",
      "src/migrations/index.ts",
      "src/migrations/runner.ts",
      "src/migrate/plan.go",
      "changelog/unreleased/enhancement-login.yml",
      "CHANGELOG.yaml",
      "src/queries/orders.graphql",
      "proto/google/api/annotations.proto",
      "src/connectors/stripe.ts",
      "src/policies/policy.service.ts",
      "policies/travel.yaml",
      "content/topics/kafka.md",
      ".github/workflows/ci.yml",
      ".github/actions/setup/action.yml",
      ".github/dependabot.yml",
      ".gitlab-ci.yml",
      "Dockerfile",
      "src/models/order.ts",
      "src/roles/admin.ts",
      "src/CODEOWNERS",
      "package.json",
    ];

    expect(sorts(paths)).toEqual(paths.map(() => undefined));
  });
});

describe("the layout of a repository", () => {
  it("counts by the first two folders, and knows tests and examples from the rest", () => {
    const { files, folders } = layoutOf(
      ["README.md", "services/pay/api/openapi.yaml", "services/pay/test/fixtures/openapi.yaml", "services/pay/a.ts"],
      true,
    );

    expect(files).toBe(4);
    expect(folders).toEqual([
      { path: "", files: 1, hints: [] },
      {
        path: "services/pay",
        files: 3,
        hints: [
          {
            sort: "openapi",
            count: 2,
            aside: 1,
            examples: ["services/pay/api/openapi.yaml", "services/pay/test/fixtures/openapi.yaml"],
          },
        ],
      },
    ]);
  });

  it("does not look at what others wrote", () => {
    const { files } = layoutOf(
      ["node_modules/x/openapi.yaml", "vendor/github.com/x/a.proto", "third_party/b.proto", "web/dist/main.js", "a.ts"],
      true,
    );

    expect(files).toBe(1);
  });

  it("keeps few paths, however many there are, and is the same in any order", () => {
    const part = fc.constantFrom("a", "b", "db", "migrations", "test", "services");
    const path = fc
      .tuple(fc.array(part, { maxLength: 3 }), fc.constantFrom("001_x.sql", "x.ts", "openapi.yaml", "CODEOWNERS"))
      .map(([folders, name]) => [...folders, name].join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 60 }), (paths) => {
        const { files, folders } = layoutOf(paths, true);
        const again = layoutOf(paths.toReversed(), true);
        const counts = (all: typeof folders) =>
          all.map((folder) => [
            folder.path,
            folder.files,
            folder.hints.map(({ sort, count, aside }) => [sort, count, aside]),
          ]);

        expect(files).toBe(paths.length);
        expect(folders.map((folder) => folder.files).reduce((a, b) => a + b, 0)).toBe(files);
        expect(counts(again.folders)).toEqual(counts(folders));
        expect(folders.flatMap(({ hints }) => hints).every(({ examples }) => examples.length <= 3)).toBe(true);
      }),
    );
  });
});

describe("what is nearly of a kind", () => {
  it.each([
    ["messages", "deploy/rabbitmq/definitions.json", "deploy/queues/definitions.json"],
    ["messages", "deploy/rabbitmq-definitions.json", "deploy/rabbitmq-definitions.yaml"],
    ["messages", "kafka-topics.yaml", "kafka/orders.yaml"],
    ["pipeline-parts", "build/action.yml", "build/action.yml.ts"],
    ["pipeline-parts", "parts/go.gitlab-ci.yml", ".gitlab-ci.yml"],
    ["pipeline-parts", "action.yaml", ".github/actions/build/action.yaml"],
    ["cluster", "k8s/orders.yaml", "k8s/orders.json"],
    ["cluster", "charts/orders/templates/service.yaml", "charts/orders/values.yaml"],
    ["policies", "kyverno/limits.yaml", "kyverno/limits.json"],
    ["policies", "auth/acme-realm.json", "auth/acme-realm.yaml"],
    ["runners", "runner-set.yaml", "runner-set.json"],
    ["runners", "actions-runner-controller/values.yaml", "actions/values.yaml"],
    ["scan-rules", "falco_rules.yaml", "falco_rules.json"],
    ["scan-rules", ".semgrep/sql.yml", ".semgrep/sql.json"],
    ["infrastructure-code", "cloudformation/network.json", "cloudformation/network.txt"],
    ["infrastructure-code", "playbooks/site.yml", "playbooks/site.json"],
    ["infrastructure-code", "roles/web/handlers/main.yml", "roles/web/vars/main.yml"],
    ["connectors", "deploy/orders-connector.json", "deploy/orders-connector.ts"],
    ["connectors", "debezium.properties", "package.debezium.json"],
    ["rpc", "api/orders.proto", "google/api/http.proto"],
    ["graphql", "api/schema.graphql", "api/orders.graphql"],
    ["code-owners", ".github/CODEOWNERS", "src/CODEOWNERS"],
    ["migrations", "db/migrate/001_users.rb", "db/migrate/001_users.test.js"],
    ["migrations", "liquibase/init.xml", "liquibase/init.txt"],
    ["openapi", "api/orders.oas3.yaml", "api/openapi-generator.yaml"],
  ])("is of the kind %s as %s and not as %s", (sort, one, other) => {
    const [first, second] = sorts([one, other]);

    expect(first).toBe(sort);
    expect(second).not.toBe(sort);
  });
});
