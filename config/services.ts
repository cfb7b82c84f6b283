/** What the configuration may say of services: what deploys on its own, and how its deployments are told. */
import { z } from "zod";
import { Hotfix } from "#collectors/hotfix.ts";
import { Pattern } from "#collectors/patterns.ts";
import { fileMatcher } from "#metrics/globs.ts";
import { ORIGINS } from "#metrics/rules.ts";
import { Element } from "./teams.ts";

const optionalPattern = Pattern.optional().transform((pattern) => pattern ?? null);

/** What the roll-outs of a job or a run are called: neither says where it went. */
const Environment = z.string().min(1).max(200).default("production");

const JobRule = z.strictObject({
  from: z.literal("jobs"),
  name: needed("jobs", "the job's name, such as `^deploy production$`"),
  workflow: optionalPattern,
  branch: optionalPattern,
  environment: Environment,
});

const RunRule = z.strictObject({
  from: z.literal("runs"),
  name: needed("runs", "the workflow's name, such as `^Deploy$`"),
  branch: optionalPattern,
  environment: Environment,
});

const plain = ORIGINS.filter((from) => from !== "jobs" && from !== "runs");
const Rule = z.discriminatedUnion("from", [JobRule, RunRule, z.strictObject({ from: z.literal(plain) })]);

/** One rule or a list of them: the same roll-out counts once, whichever find it. */
const Rules = z.preprocess(
  (rules): unknown[] => (Array.isArray(rules) ? rules : [rules]),
  z.array(Rule).min(1, "No rule is listed, so nothing would be a deployment. Leave the key out for the best there is."),
);

const Glob = z
  .string()
  .max(500)
  .refine(isGlob, {
    error: ({ input }) =>
      `"${String(input)}" is no pattern of files, so nobody could say what belongs to the service. Write a path from the root of the repository, with \`*\` for anything but "/" and \`**\` for anything, such as \`apps/checkout/**\`.`,
  });

export const ServiceOptions = z.strictObject({
  /** How it is called everywhere. */
  name: z.string().min(1, "A service needs a name to be called by.").max(200),
  /** Default: its name. */
  repository: z.string().min(1).max(300).optional(),
  /** The name of a source, where several have such a repository. */
  source: z.string().min(1).optional(),
  /** The files it is made of; all unless it is said. */
  paths: z
    .array(Glob)
    .min(1, "No path is listed, so nothing would belong to the service. Leave the key out for the whole repository.")
    .optional(),
  deployments: Rules.optional(),
  /** Instead of what its source says. */
  production: Pattern.optional(),
  releases: z.strictObject({ tags: Pattern.optional(), branch: z.enum(["any", "default"]).optional() }).default({}),
  backfillDays: z.int().min(0).optional(),
  hotfix: Hotfix.optional(),
  /** In a repository with several services: whose an incident is. */
  incidentLabels: z.array(z.string().min(1)).default([]),
  /** The team that always owned it; `teams` can say dates. */
  team: z.string().min(1).max(200).optional(),
  system: z.string().min(1).max(200).optional(),
  /** Instead of what its system says. */
  element: Element.optional(),
  releaseClass: z.enum(["cloud", "on-premises", "embedded", "regulated", "vendor"]).optional(),
});
export type ServiceOptions = z.infer<typeof ServiceOptions>;

/** The repository a service is, or is a part of. */
export function repositoryOf({ name, repository }: Pick<ServiceOptions, "name" | "repository">): string {
  return repository ?? name;
}

/** Hosts are blind to the case of their repositories' names, and so are those who push. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function needed(from: string, what: string) {
  return z
    .string({
      error: ({ input }) =>
        input === undefined
          ? `A rule on ${from} needs \`name\`, a regular expression on ${what}: else whatever runs would count as a deployment.`
          : undefined,
    })
    .pipe(Pattern);
}

function isGlob(text: string): boolean {
  try {
    if (text.replace(/^!/, "").trim() === "") return false;
    fileMatcher([text]);
    return true;
  } catch {
    return false;
  }
}
