/** What rules need from collectors: it costs more, so it is read only where a rule asks for it. */
import type { Wants } from "#collectors/collector.ts";
import type { ServiceOptions } from "#config/services.ts";
import { isSameName, repositoryOf } from "#config/services.ts";

/** @param sourceName what people call the source whose repositories are asked for. */
export function wantsOf(configured: readonly ServiceOptions[], sourceName: string): (repository: string) => Wants {
  return (repository) => {
    const own = configured.filter(
      (options) => isSameName(repositoryOf(options), repository) && (options.source ?? sourceName) === sourceName,
    );
    const rules = own.flatMap(({ deployments = [] }) => deployments);
    return {
      paths: own.some(({ paths }) => paths !== undefined),
      jobs: rules.flatMap((rule) => (rule.from === "jobs" ? [{ name: rule.workflow, branch: rule.branch }] : [])),
    };
  };
}
