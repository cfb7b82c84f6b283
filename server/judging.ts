/** Takes down what people decide, and takes it back. Actors are who they say they are: nobody can log in yet. */
import { daysOf } from "#metrics/judgements.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { DAY } from "#metrics/time.ts";
import { BadRequest } from "./answers/problem.ts";
import { nearest } from "./answers/asked-scope.ts";
import type { Control } from "./commands.ts";
import type { Body, CommandReply, Reply } from "./contract.ts";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import { refresh } from "./refresh.ts";
import type { JournalEntry } from "./store/judgements.ts";
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
  const { kind, reason, actor, service = null } = asked;
  const known = await installation.store.services(sourceKeys(installation));
  const own = service === null ? known : known.filter((one) => one.service === service);
  if (service !== null && own.length === 0)
    throw new BadRequest(
      `There is no service "${service}". ${nearest(
        service,
        known.map((one) => one.service),
        "Nothing has been collected yet.",
      )}`,
    );
  const nothing = { kind, service, subject: null, from: null, to: null, recoveredAt: null, reason, actor };
  switch (asked.kind) {
    case "days":
    case "note":
      return { ...nothing, ...daysIn(asked) };
    case "change":
    case "deployment":
    case "not-failed":
      await subjectAt(installation, own, asked);
      return { ...nothing, subject: asked.id };
    case "failed": {
      const deployedAt = await subjectAt(installation, own, asked);
      const recoveredAt = asked.recoveredAt === undefined ? null : Date.parse(asked.recoveredAt);
      if (recoveredAt !== null && recoveredAt < deployedAt)
        throw new BadRequest("It cannot have been back before it was deployed. Correct `recoveredAt`.");
      return { ...nothing, subject: asked.id, recoveredAt };
    }
  }
}

function daysIn({ from, to }: { readonly from: string; readonly to?: string | undefined }): {
  from: string;
  to: string;
} {
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

function toTold({
  id,
  kind,
  service,
  subject,
  from,
  to,
  recoveredAt,
  reason,
  actor,
  madeAt,
  reversal,
}: JournalEntry): Told {
  return {
    id,
    kind,
    service,
    subject,
    from,
    to,
    reason,
    actor,
    recoveredAt: recoveredAt === null ? null : iso(recoveredAt),
    madeAt: iso(madeAt),
    words: decisionWords({ kind, service, subject, from, to }),
    reversal:
      reversal === null ? null : { reason: reversal.reason, actor: reversal.actor, madeAt: iso(reversal.madeAt) },
  };
}

type Decision = Pick<Judgement, "kind" | "service" | "subject" | "from" | "to">;

function decisionWords(decision: Decision): string {
  const { kind, service, subject } = decision;
  const where = service === null ? "of every service" : `of ${service}`;
  switch (kind) {
    case "change":
      return `The change ${subject ?? ""} ${where} counts in no number.`;
    case "deployment":
      return `The deployment ${subject ?? ""} ${where} counts in no number.`;
    case "days":
      return `What happened ${spanOf(decision)} ${where} counts in no number.`;
    case "failed":
      return `The deployment ${subject ?? ""} ${where} failed.`;
    case "not-failed":
      return `The deployment ${subject ?? ""} ${where} did not fail.`;
    case "note":
      return `A note ${spanOf(decision)} ${service === null ? "for every service" : `for ${service}`}; it changes no number.`;
  }
}

function spanOf(decision: Decision): string {
  const days = daysOf(decision, "UTC");
  if (days === null) return "";
  const [first, last] = [dayOf(days.from), dayOf(days.to - DAY)];
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}

function dayOf(at: number): string {
  return iso(at).slice(0, 10);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
