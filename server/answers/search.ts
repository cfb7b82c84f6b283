/** Services, changes, deployments and incidents by what people call them, of all services or of one that is named with them. */
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { askedScope } from "./asked-scope.ts";
import type { ScopedService } from "./asked-scope.ts";

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
  const { change, deployment, incident } = await found(installation, services, q, limit);
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

/** What is called so anywhere, and after it what is called so in a service that the text names too: "ledger 812", "ledger fix". */
async function found(
  { store }: Installation,
  services: readonly ScopedService[],
  text: string,
  limit: number,
): Promise<Awaited<ReturnType<Installation["store"]["search"]>>> {
  const anywhere = await store.search(services, text, limit);
  const named = inService(services, text);
  if (named === null) return anywhere;
  const within = await store.search(named.within, named.rest, limit);
  return {
    change: withoutTwins([...anywhere.change, ...within.change], limit),
    deployment: withoutTwins([...anywhere.deployment, ...within.deployment], limit),
    incident: withoutTwins([...anywhere.incident, ...within.incident], limit),
  };
}

/**
 * The services that a word of the text is a part of the name of, and the other words. A text that is all of a name, or of what comes after its
 * last slash, asks for the newest there is of that service. `null`: it names none.
 */
function inService(
  services: readonly ScopedService[],
  text: string,
): { readonly within: readonly ScopedService[]; readonly rest: string } | null {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const called = (service: string) => service.toLowerCase();
  if (words.length === 1) {
    const within = services.filter(({ service }) =>
      [called(service), called(service).split("/").at(-1)].includes(words[0]),
    );
    return within.length === 0 ? null : { within, rest: "" };
  }
  for (const [index, word] of words.entries()) {
    const within = services.filter(({ service }) => called(service).includes(word));
    if (within.length > 0) return { within, rest: words.toSpliced(index, 1).join(" ") };
  }
  return null;
}

function withoutTwins<T extends { readonly service: string; readonly id: string }>(
  facts: readonly T[],
  limit: number,
): readonly T[] {
  return [...new Map(facts.map((fact) => [`${fact.service} ${fact.id}`, fact])).values()].slice(0, limit);
}

/** A name that begins with the text is nearer than one that has it somewhere. */
function rank(name: string, wanted: string): number {
  const at = name.toLowerCase().indexOf(wanted);
  return name.length === wanted.length ? 0 : at === 0 ? 1 : 2;
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
