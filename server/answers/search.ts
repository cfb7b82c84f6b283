/** Services, changes, deployments and incidents by what people call them. */
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { askedScope } from "./asked-scope.ts";

type Hit = Reply<"/api/search">["hits"][number];

export async function answerSearch(
  installation: Installation,
  { q, limit }: Query<"/api/search">,
): Promise<Reply<"/api/search">> {
  const { services } = await askedScope(installation, {});
  const wanted = q.toLowerCase();
  const named = services
    .map(({ service }) => service)
    .filter((name) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a, wanted) - rank(b, wanted) || a.localeCompare(b, "en"))
    .slice(0, limit);
  const { change, deployment, incident } = await installation.store.search(services, q, limit);
  return {
    hits: [
      ...named.map((name): Hit => ({ kind: "service", id: name, service: name, name, title: name, at: null })),
      ...change.map(({ id, service, number, title, deployedAt, mergedAt, openedAt }): Hit => ({
        kind: "change",
        id,
        service,
        name: `#${number}`,
        title,
        at: iso(deployedAt ?? mergedAt ?? openedAt),
      })),
      ...deployment.map(({ id, service, environment, deployedAt, createdAt }): Hit => ({
        kind: "deployment",
        id,
        service,
        name: id,
        title: `to ${environment}`,
        at: iso(deployedAt ?? createdAt),
      })),
      ...incident.map(({ id, service, number, title, openedAt }): Hit => ({
        kind: "incident",
        id,
        service,
        name: number === null ? id : `#${number}`,
        title,
        at: iso(openedAt),
      })),
    ],
  };
}

/** A name that begins with the text is nearer than one that has it somewhere. */
function rank(name: string, wanted: string): number {
  const at = name.toLowerCase().indexOf(wanted);
  return name.length === wanted.length ? 0 : at === 0 ? 1 : 2;
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
