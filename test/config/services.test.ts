import { describe, expect, it } from "vitest";
import { ConfigError } from "#config/errors.ts";
import { parseConfig } from "#config/parse.ts";
import { problem } from "./support.ts";

const SOURCES = `
sources:
  - { host: git, path: ../shell }
  - { host: github, token: t, repositories: [acme/shop, acme/app] }
  - { host: github, token: t, organization: umbrella, runs: false }
  - { host: gitlab, token: t, group: corp }
`;

const parse = (services: string) => parseConfig(`services:\n${services}\n${SOURCES}`, "/srv/headway.yaml", {}).services;
const refusal = (services: string) => problem(() => parse(services), ConfigError);

describe("a service", () => {
  it("needs nothing but the name of its repository", () => {
    expect(parse("- name: acme/shop")).toEqual([{ name: "acme/shop", releases: {}, incidentLabels: [] }]);
  });

  it("may say all of this", () => {
    const [service] = parse(`
- name: checkout
  repository: acme/shop
  source: acme on GitHub
  paths: [apps/checkout/**, libs/pay/**, "!**/*.md"]
  deployments:
    - { from: jobs, name: ^deploy checkout$, workflow: ^CD$, branch: ^main$, environment: live }
    - { from: runs, name: ^Deploy$ }
    - { from: merges }
  production: ^checkout-prod
  releases: { tags: ^checkout@ }
  backfillDays: 0
  hotfix: { labels: [hotfix], branches: [^hotfix/] }
  incidentLabels: [service::checkout]
  team: payments
  system: shop
  element: core
  releaseClass: cloud`);

    expect(service).toEqual({
      name: "checkout",
      repository: "acme/shop",
      source: "acme on GitHub",
      paths: ["apps/checkout/**", "libs/pay/**", "!**/*.md"],
      deployments: [
        { from: "jobs", name: "^deploy checkout$", workflow: "^CD$", branch: "^main$", environment: "live" },
        { from: "runs", name: "^Deploy$", branch: null, environment: "production" },
        { from: "merges" },
      ],
      production: "^checkout-prod",
      releases: { tags: "^checkout@" },
      backfillDays: 0,
      hotfix: { labels: ["hotfix"], branches: ["^hotfix/"] },
      incidentLabels: ["service::checkout"],
      team: "payments",
      system: "shop",
      element: "core",
      releaseClass: "cloud",
    });
  });

  it("may say one rule without a list", () => {
    expect(parse("- { name: acme/shop, deployments: { from: tags } }")).toMatchObject([
      { deployments: [{ from: "tags" }] },
    ]);
  });

  it.each(["umbrella/any", "UMBRELLA/any", "corp/group/any", "shell"])(
    "may be whatever a source may have: %s",
    (name) => {
      expect(parse(`- name: ${name}`)).toHaveLength(1);
    },
  );
});

describe("a mistake in a service", () => {
  it.each([
    ["- { name: acme/shop, pathes: [a] }", "Unknown key `pathes` in services[0]. Did you mean `paths`?"],
    ["- { name: acme/shop, deployments: { from: jobs, nam: x } }", "Did you mean `name`?"],
    ["- { name: acme/shop, deployments: [{ from: runs, name: x, workflw: y }] }", "Unknown key `workflw`"],
    ["- { name: acme/shop, hotfix: { label: [x] } }", "in services[0].hotfix. Did you mean `labels`?"],
    ["- { name: acme/shop, releases: { tag: x } }", "Did you mean `tags`?"],
  ])("is an unknown key, and the nearest known one is named: %s", (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it.each([
    ["- { repository: acme/shop }", "services[0].name: This is missing"],
    ["- { name: acme/shop, paths: [] }", "Leave the key out for the whole repository"],
    ["- { name: acme/shop, paths: ['apps/['] }", '"apps/[" is no pattern of files'],
    ["- { name: acme/shop, paths: ['!'] }", '"!" is no pattern of files'],
    ["- { name: acme/shop, production: '(' }", '"(" is no regular expression'],
    ["- { name: acme/shop, releases: { tags: '(' } }", '"(" is no regular expression'],
    ["- { name: acme/shop, hotfix: { branches: ['('] } }", '"(" is no regular expression'],
    ["- { name: acme/shop, deployments: [] }", "No rule is listed"],
    ["- { name: acme/shop, deployments: { from: job } }", "Known are `jobs`, `runs`, `deployments`"],
    ["- { name: acme/shop, deployments: { from: jobs } }", "A rule on jobs needs `name`"],
    ["- { name: acme/shop, deployments: { from: runs } }", "A rule on runs needs `name`"],
    ["- { name: acme/shop, deployments: { from: jobs, name: '(' } }", '"(" is no regular expression'],
    ["- { name: acme/shop, element: backend }", "Here must stand one of `core`, `integration`"],
    ["- { name: acme/shop, releaseClass: saas }", "Here must stand one of `cloud`"],
  ])("has its sentence: %s", (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it("is two services of one name, whatever its case", () => {
    const told = refusal("- { name: checkout, repository: acme/shop }\n- { name: Checkout, repository: acme/app }");

    expect(told).toContain('line 3, services[1].name: This is called "Checkout" like services[0]');
  });

  it("is the name of another repository", () => {
    expect(refusal("- { name: acme/app, repository: acme/shop }")).toContain(
      'services[0].name: "acme/app" is the name of another repository',
    );
  });

  it("is a source that does not exist, and the nearest is named", () => {
    expect(refusal("- { name: acme/shop, source: acme on GitHbu }")).toContain(
      'There is no source called "acme on GitHbu". Did you mean `acme on GitHub`?',
    );
  });

  it.each([
    ["- name: acme/shpo", 'No source has a repository "acme/shpo", so'],
    ["- name: acme/shpo", "Did you mean `acme/shop`?"],
    ["- { name: web, repository: acme/web }", 'services[0].repository: No source has a repository "acme/web"'],
    ["- { name: acme/shop, source: corp on GitLab }", 'among those of "corp on GitLab"'],
  ])("is a repository that no source has: %s", (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it("is a repository that several sources have, while it does not say which", () => {
    const sources = `sources:
  - { host: git, path: a, name: acme/shop }
  - { host: github, token: t, repositories: [acme/shop] }`;
    const said = (service: string) => parseConfig(`services: [${service}]\n${sources}`, "/srv/headway.yaml", {});

    const told = problem(() => said("{ name: acme/shop }"), ConfigError);

    expect(told).toContain('Add `source` with one of "acme/shop", "acme on GitHub".');
    expect(said("{ name: acme/shop, source: acme on GitHub }").services).toHaveLength(1);
  });

  it.each([
    ["jobs, name: x", "A plain git repository has no jobs"],
    ["runs, name: x", "A plain git repository has no runs"],
    ["deployments", "keeps no record of deployments"],
    ["releases", "Write `from: tags`."],
  ])("is a rule on what a plain git repository has not: %s", (rule, words) => {
    expect(refusal(`- { name: shell, deployments: { from: ${rule} } }`)).toContain(words);
  });

  it("is a hotfix where nobody tells of labels", () => {
    expect(refusal("- { name: shell, hotfix: { labels: [hotfix] } }")).toContain("no hotfix would be found");
  });

  it("is a rule on runs where a source reads none", () => {
    expect(refusal("- { name: umbrella/app, deployments: { from: runs, name: x } }")).toContain(
      'The source "umbrella on GitHub" says `runs: false`',
    );
  });

  it("is told once for each service", () => {
    const told = refusal("- name: nowhere\n- name: elsewhere");

    expect(told.split("\n").filter((line) => line.includes("No source has"))).toHaveLength(2);
  });
});
