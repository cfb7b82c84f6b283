/** Infrastructure is changed as code is: by a change that another person reviewed. */
import { fileMatcher } from "../../globs.ts";
import { directPushes, during } from "./evidence.ts";
import type { Part, Practice } from "./practice.ts";
import { USUAL } from "./practice.ts";
import { changeRow, commitRow, shareOf, unmeasurable } from "./readings.ts";
import { isReviewed } from "./review.ts";
import { percent, PLAIN_GIT } from "./words.ts";

/** Files that say what runs where. */
const isInfrastructure = fileMatcher([
  "**/*.{tf,tfvars,bicep,hcl}",
  "**/{terraform,terragrunt,ansible,pulumi,helm,charts,kustomize,k8s,kubernetes,manifests,cloudformation,infra,infrastructure}/**",
  "**/{Dockerfile,Dockerfile.*,Chart.yaml,Pulumi.yaml,kustomization.yaml,serverless.yml}",
  "**/{docker-compose,compose}*.{yml,yaml}",
  "**/.github/workflows/**",
  "**/.gitlab-ci.yml",
]);

const byReview: Part = {
  ...USUAL,
  id: "reviewed-infrastructure",
  condition: ({ infrastructureShare }) =>
    `At least ${percent(infrastructureShare)} of what changes infrastructure was reviewed by another person before it was integrated.`,
  threshold: ({ infrastructureShare }) => infrastructureShare,
  read: (evidence, week) => {
    const { changePaths, pushPaths } = evidence.told;
    if (!evidence.hasHost) return unmeasurable(`${PLAIN_GIT} who reviewed what.`);
    if (changePaths === null) return unmeasurable(NO_PATHS);
    const touches = (paths: readonly string[] | undefined) => paths?.some(isInfrastructure) === true;
    const changes = during(evidence.merged, week)
      .filter(({ id, authorKind }) => authorKind !== "bot" && touches(changePaths.get(id)))
      .map((change) => changeRow(change, isReviewed(change)));
    const pushes = directPushes(evidence, week)
      .filter(({ sha }) => touches(pushPaths?.get(sha)))
      .map((commit) => commitRow(commit, false));
    return shareOf([...changes, ...pushes], pushPaths === null ? NO_PUSHES : null);
  },
};

const NO_PATHS =
  "Which files a change touches is not in the facts, and it is read from the host only where a service is a part of its repository: nobody told it here.";
const NO_PUSHES = "Direct pushes are not in it, since their files were not read.";

export const infrastructureAsCode: Practice = {
  id: "infrastructure-as-code",
  title: "Infrastructure as code",
  why: "Infrastructure that is changed by review can be made again, and nobody has to remember what was done by hand.",
  source: "https://dora.dev/capabilities/flexible-infrastructure/",
  parts: [byReview],
};
