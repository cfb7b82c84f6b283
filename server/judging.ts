/** Takes down what people decide, and takes it back. Actors are who they say they are: nobody can log in yet. */
import { isLabelled } from "#metrics/incident-links.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { scopeText } from "#metrics/scopes.ts";
import { DAY } from "#metrics/time.ts";
import { BadRequest } from "./answers/problem.ts";
import { askedScope, nearest } from "./answers/asked-scope.ts";
import type { Control } from "./commands.ts";
import type { Body, CommandReply, Reply } from "./contract.ts";
import type { Installation } from "./installation.ts";
import { toTold } from "./judgement-words.ts";
import { refresh } from "./refresh.ts";
import type { ServiceRecord } from "./store/sources.ts";

type Asked = Body<"/api/judgements/add">;
type Told = Reply<"/api/judgements">[number];

export async function answerJudgements({ store }: Installation): Promise<Reply<"/api/judgements">> {
  return (await store.journal()).map(toTold).toReversed();
}

/** The commands of a Headway that runs. */
export function judging(installation: Installation): Pick<Control, "/api/judgements/add" | "/api/judgements/reverse"> {
  return {
    "/api/judgements/add": async (body) => judge(installation, body),
    "/api/judgements/reverse": async (body) => reverse(installation, body),
  };
}

/** @throws BadRequest when there is no such thing, or somebody judged it already. */
async function judge(installation: Installation, asked: Asked): Promise<CommandReply<"/api/judgements/add">> {
  const { store, now } = installation;
  const judgement = await judgementOf(installation, asked);
  const { id, isNew } = await store.addJudgement({ ...judgement, madeAt: now() });
  if (!isNew)
    throw new BadRequest(`Judgement ${id} says something about this already. Reverse it first, then decide anew.`);
  return settled(installation, id);
}

/** @throws BadRequest when nothing of that number is in force. */
async function reverse(
  installation: Installation,
  { id, reason, actor }: Body<"/api/judgements/reverse">,
): Promise<CommandReply<"/api/judgements/reverse">> {
  const { store, now } = installation;
  const found = await store.reverseJudgement(id, { reason, actor, madeAt: now() });
  if (found === null)
    throw new BadRequest(`No judgement ${id} is in force: it was taken back already, or there never was one.`);
  return settled(installation, id);
}

/** Facts follow what was decided before anybody asks again. */
async function settled(installation: Installation, id: number): Promise<Told> {
  await refresh(installation);
  installation.live.tell();
  const entry = (await installation.store.journal()).find((one) => one.id === id);
  if (entry === undefined) throw new Error(`Judgement ${id} was written and is not there.`);
  return toTold(entry);
}

async function judgementOf(installation: Installation, asked: Asked): Promise<Omit<Judgement, "id" | "madeAt">> {
  const { kind, reason, actor } = asked;
  const { services, ...whose } = await whoseOf(installation, asked);
  const nothing = { kind, ...whose, subject: null, from: null, to: null, recoveredAt: null, rebases: false };
  const signed = { ...nothing, reason, actor };
  switch (asked.kind) {
    case "days":
      return { ...signed, ...daysIn(asked) };
    case "note":
      return { ...signed, ...daysIn(asked), subject: asked.title ?? null };
    case "adoption":
      return { ...signed, ...daysIn(asked), subject: asked.title, rebases: asked.rebases };
    case "label":
      return { ...signed, subject: await labelIn(installation, asked.label), ...openDaysIn(asked) };
    case "change":
    case "deployment":
    case "not-failed":
      await subjectAt(installation, services, asked);
      return { ...signed, subject: asked.id };
    case "failed": {
      const deployedAt = await subjectAt(installation, services, asked);
      const recoveredAt = asked.recoveredAt === undefined ? null : Date.parse(asked.recoveredAt);
      if (recoveredAt !== null && recoveredAt < deployedAt)
        throw new BadRequest("It cannot have been back before it was deployed. Correct `recoveredAt`.");
      return { ...signed, subject: asked.id, recoveredAt };
    }
  }
}

/** @throws BadRequest when there is no such service, team or system. */
async function whoseOf(
  installation: Installation,
  asked: Asked,
): Promise<Pick<Judgement, "service" | "scope"> & { readonly services: readonly ServiceRecord[] }> {
  const { service } = asked;
  const wanted = "scope" in asked ? asked.scope : undefined;
  if (service !== undefined && wanted !== undefined) throw new BadRequest("Say either `service` or `scope`, not both.");
  const { scope, services } = await askedScope(installation, { service, scope: wanted });
  switch (scope.kind) {
    case "use-case":
      throw new BadRequest(
        "What counts is decided of a team, a system, a service or the organisation: what a use case needs may be another thing tomorrow.",
      );
    case "organisation":
      return { service: null, scope: null, services };
    case "service":
      return { service: scope.name, scope: null, services };
    case "team":
    case "system":
      return { service: null, scope: scopeText(scope), services };
  }
}

/** As some change has it: people write labels in any case. @throws BadRequest when none has it. */
async function labelIn({ store }: Installation, label: string): Promise<string> {
  const known = await store.labels();
  const found = known.find((one) => isLabelled([one], [label]));
  if (found !== undefined) return found;
  throw new BadRequest(`No change has the label "${label}". ${nearest(label, known, "None has any label.")}`);
}

function openDaysIn({ from = null, to = null }: Partial<Record<"from" | "to", string | null | undefined>>) {
  if (from === null || to === null || to > from) return { from, to };
  throw new BadRequest(`\`to\` is the day after the last, so it comes after ${from}.`);
}

function daysIn({ from, to }: { readonly from: string; readonly to?: string | undefined }) {
  const last = to ?? new Date(Date.parse(from) + DAY).toISOString().slice(0, 10);
  if (last > from) return { from, to: last };
  throw new BadRequest(`\`to\` is the day after the last, so it comes after ${from}.`);
}

/** @throws BadRequest when the service has no such change or deployment, or a deployment that never was one cannot have failed. */
async function subjectAt(
  { store }: Installation,
  services: readonly ServiceRecord[],
  { kind, service, id }: Extract<Asked, { readonly id: string }>,
): Promise<number> {
  const noun = kind === "change" ? "change" : "deployment";
  for (const { serviceId } of services) {
    const at = await store.findSubject(serviceId, noun, id);
    if (at === undefined) continue;
    if (at === null && (kind === "failed" || kind === "not-failed"))
      throw new BadRequest(`The deployment "${id}" never reached production, so it did not fail there.`);
    return at ?? 0;
  }
  throw new BadRequest(
    `The service "${service}" has no ${noun} "${id}". ${noun === "change" ? "Changes are named by their number." : "Its rows say their ids."}`,
  );
}
