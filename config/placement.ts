/** Whether the services of a configuration can be: each name once, each in a source that may have its repository and what its rules ask for. */
import type { SourceOptions } from "#collectors/index.ts";
import { sourceName } from "#collectors/index.ts";
import { instead } from "./nearest.ts";
import type { Problem } from "./problems.ts";
import type { ServiceOptions } from "./services.ts";
import { isSameName, repositoryOf } from "./services.ts";

/** Paths are meant from the list of services. */
export function misplaced(services: readonly ServiceOptions[], sources: readonly SourceOptions[]): Problem[] {
  return services.flatMap((service, index) => {
    const found = nameProblem(service, index, services, sources) ?? placeProblem(service, sources);
    const problems = found === null ? ruleProblems(service, candidates(service, sources)) : [found];
    return problems.map(({ path, message }) => ({ path: [index, ...path], message }));
  });
}

function nameProblem(
  { name, ...service }: ServiceOptions,
  index: number,
  services: readonly ServiceOptions[],
  sources: readonly SourceOptions[],
): Problem | null {
  const first = services.findIndex((other) => isSameName(other.name, name));
  if (first < index)
    return {
      path: ["name"],
      message: `This is called "${name}" like services[${first}], so nobody could tell their numbers apart. Give one of them another name.`,
    };
  const isOthers =
    !isSameName(repositoryOf({ name, ...service }), name) && sources.some((source) => lists(source, name));
  if (!isOthers) return null;
  return {
    path: ["name"],
    message: `"${name}" is the name of another repository, which is a service of that name. Give this one another name.`,
  };
}

function placeProblem(service: ServiceOptions, sources: readonly SourceOptions[]): Problem | null {
  const repository = repositoryOf(service);
  const names = sources.map(sourceName);
  const at = service.repository === undefined ? ["name"] : ["repository"];
  if (service.source !== undefined && !names.includes(service.source))
    return {
      path: ["source"],
      message: `There is no source called "${service.source}". ${instead(service.source, names)}`,
    };
  const found = candidates(service, sources);
  if (found.length === 0) {
    const known = sources.flatMap(listed);
    return {
      path: at,
      message: `No source has a repository "${repository}"${service.source === undefined ? "" : ` among those of "${service.source}"`}, so the service would never have any data. ${known.length === 0 ? "Correct the name." : instead(repository, known)}${service.repository === undefined ? " A service that is called otherwise than its repository says `repository`." : ""}`,
    };
  }
  const certain = found.filter((source) => lists(source, repository));
  if (certain.length < 2) return null;
  return {
    path: at,
    message: `Several sources have a repository "${repository}", so nobody could say which is meant. Add \`source\` with one of ${certain.map((source) => `"${sourceName(source)}"`).join(", ")}.`,
  };
}

/** What no source that is meant can tell of. */
function ruleProblems({ deployments = [], hotfix }: ServiceOptions, sources: readonly SourceOptions[]): Problem[] {
  const problems = deployments.flatMap(({ from }, index): Problem[] => {
    const reasons = sources.map((source) => unable(from, source));
    const [reason] = reasons;
    return reason === undefined || reason === null || reasons.includes(null)
      ? []
      : [{ path: ["deployments", index], message: reason }];
  });
  if (hotfix === undefined || sources.some(({ host }) => host !== "git")) return problems;
  const message =
    "A plain git repository knows neither labels nor the branches of changes, so no hotfix would be found. Connect its host, or leave this out.";
  return [...problems, { path: ["hotfix"], message }];
}

/** Why a source tells of nothing that such a rule could count; `null` when it does. */
function unable(
  from: NonNullable<ServiceOptions["deployments"]>[number]["from"],
  source: SourceOptions,
): string | null {
  if (source.host === "git") {
    switch (from) {
      case "deployments":
        return "A plain git repository keeps no record of deployments, so this rule would count nothing. Connect its host, or count `tags` or `merges`.";
      case "jobs":
      case "runs":
        return `A plain git repository has no ${from}, so this rule would count nothing. Connect its host, or count \`tags\` or \`merges\`.`;
      case "releases":
        return "A plain git repository has tags but no published releases, so this rule would count nothing. Write `from: tags`.";
      case "tags":
      case "pushes":
      case "merges":
        return null;
    }
  }
  if (source.host === "demo") return null;
  const [key, isRead] = source.host === "github" ? ["runs", source.runs] : ["pipelines", source.pipelines];
  return (from === "jobs" || from === "runs") && !isRead
    ? `The source "${sourceName(source)}" says \`${key}: false\`, so no ${from} are read and this rule would count nothing. Take that line out.`
    : null;
}

/** The sources that have the repository, or may have it. */
function candidates(service: ServiceOptions, sources: readonly SourceOptions[]): SourceOptions[] {
  const repository = repositoryOf(service);
  return sources.filter((source) => {
    if (service.source !== undefined && sourceName(source) !== service.source) return false;
    return lists(source, repository) || mayHold(source, repository);
  });
}

/** The repositories that a source names one by one. */
function listed(source: SourceOptions): readonly string[] {
  switch (source.host) {
    case "git":
      return [sourceName(source)];
    case "github":
      return source.repositories ?? [];
    case "gitlab":
      return source.projects ?? [];
    case "demo":
      return [];
  }
}

function lists(source: SourceOptions, repository: string): boolean {
  return listed(source).some((name) => isSameName(name, repository));
}

/** Whether it may be among those of an organisation or a group, or one that is listed by its number. */
function mayHold(source: SourceOptions, repository: string): boolean {
  const owner = source.host === "github" ? source.organization : source.host === "gitlab" ? source.group : undefined;
  const isNumbered = source.host === "gitlab" && source.projects?.some((project) => /^\d+$/.test(project)) === true;
  if (source.host === "demo") return repository.startsWith("demo/");
  return isNumbered || (owner !== undefined && repository.toLowerCase().startsWith(`${owner.toLowerCase()}/`));
}
