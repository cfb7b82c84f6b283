/** Freezes the numbers of a window, lists what was frozen, and withdraws it. Signers are who they say they are: nobody can log in yet. */
import type { Baseline } from "#metrics/baselines/baseline.ts";
import { freeze } from "#metrics/baselines/baseline.ts";
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import { weaknesses } from "#metrics/baselines/words.ts";
import { startOf } from "#metrics/calendar.ts";
import { inTime } from "#metrics/lens.ts";
import { notesOf } from "./answers/against.ts";
import { scopeText } from "#metrics/scopes.ts";
import { askedScope } from "./answers/asked-scope.ts";
import { baselineNamed, comparable, opened } from "./answers/frozen.ts";
import { hashOf } from "./hash.ts";
import type { StoredBaseline } from "./answers/frozen.ts";
import { answerMeasures } from "./answers/measures.ts";
import { Memory } from "./answers/memory.ts";
import { BadRequest } from "./answers/problem.ts";
import { askedMetrics, askedWindow, explained, summariesOf } from "./answers/scope.ts";
import { dataUntil, sidesOf } from "./answers/sides.ts";
import type { Control } from "./commands.ts";
import type { Body, Query, Reply } from "./contract.ts";
import { contract } from "./contract.ts";
import type { Installation } from "./installation.ts";

type Told = Reply<"/api/baselines">[number];

export async function answerBaselines({ store }: Installation): Promise<Reply<"/api/baselines">> {
  return (await store.baselines()).map((row) => toTold(opened(row))).toReversed();
}

/** @throws BadRequest when none has that name. */
export async function answerBaseline(
  installation: Installation,
  { name }: Query<"/api/baseline">,
  memory = new Memory(installation.store),
): Promise<Reply<"/api/baseline">> {
  const stored = await baselineNamed(installation.store, name);
  const { services, dataUntil: until, metrics, quality } = stored.content;
  const notes = await notesOf(installation, stored, memory);
  return contract["/api/baseline"].reply.parse({
    ...toTold(stored),
    notes,
    services,
    dataUntil: iso(until),
    metrics,
    quality,
    text: stored.text,
  });
}

/** The commands of a Headway that runs. */
export function freezing(
  installation: Installation,
): Pick<Control, "/api/baselines/freeze" | "/api/baselines/withdraw"> {
  return {
    "/api/baselines/freeze": async (body) => freezeWindow(installation, body),
    "/api/baselines/withdraw": async (body) => withdraw(installation, body),
  };
}

/** @throws BadRequest when the name is taken, nothing is known of the window, or it is not over. */
export async function freezeWindow(installation: Installation, asked: Body<"/api/baselines/freeze">): Promise<Told> {
  const { store } = installation;
  if ((await store.baselines(asked.name)).length > 0) throw taken(asked.name);
  const content = await contentOf(installation, asked);
  const text = canonicalOf(content);
  const { name, signer, frozenAt: madeAt } = content;
  if (!(await store.addBaseline({ name, content: text, hash: hashOf(text), signer, madeAt }))) throw taken(name);
  installation.live.tell();
  return toTold(await baselineNamed(store, name));
}

/** @throws BadRequest when none has that name, or it was withdrawn before. */
export async function withdraw(
  installation: Installation,
  { name, reason, actor: signer }: Body<"/api/baselines/withdraw">,
): Promise<Told> {
  const { store, now } = installation;
  const stored = await baselineNamed(store, name);
  if (!(await store.withdrawBaseline(stored.id, { reason, signer, madeAt: now() })))
    comparable(await baselineNamed(store, name));
  installation.live.tell();
  return toTold(await baselineNamed(store, name));
}

async function contentOf(installation: Installation, asked: Body<"/api/baselines/freeze">): Promise<Baseline> {
  const { config, now } = installation;
  const zone = config.timezone;
  const memory = new Memory(installation.store);
  const found = await askedScope(installation, asked);
  const until = await dataUntil(installation, found.services, memory);
  const to = asked.to ?? iso(startOf("week", until, zone));
  const window = askedWindow({ from: asked.from, to }, zone, now());
  if (window.to > until)
    throw new BadRequest(
      `The window ends after the data does (${iso(until)}): its numbers would still change. Collect first with \`headway sync\`, or choose an earlier \`to\`.`,
    );
  const { bots, open, time } = asked;
  const lens = { bots, open, time };
  const summaries = await summariesOf(found.services, memory);
  const wanted = askedMetrics(undefined, summaries).map((metric) => inTime(metric, lens));
  const seen = await sidesOf(installation, found.services, { wanted, window, lens }, memory);
  if (seen.every(({ measure: { n, open: still } }) => n + still === 0))
    throw new BadRequest(
      "Nothing is known of this window, so there is nothing to compare with later. Choose one in which something was delivered.",
    );
  const { scope, service } = { scope: scopeText(found.scope), service: found.service };
  const ask = { scope, service: asked.service, from: iso(window.from), to: iso(window.to) };
  const { quality } = await answerMeasures(installation, { ...ask, ...lens, interval: "week" }, memory);
  return {
    format: 1,
    name: asked.name,
    scope,
    service,
    services: found.services.map((one) => one.service),
    window,
    zone,
    lens,
    dataUntil: until,
    frozenAt: now(),
    signer: asked.actor,
    reason: asked.reason ?? null,
    metrics: seen.map(({ metric, measure, side }) =>
      freeze(metric, explained(metric, measure, { summaries, absent: null }, window), side),
    ),
    quality,
  };
}

function taken(name: string): BadRequest {
  return new BadRequest(
    `A baseline "${name}" was frozen before, and what a name means never changes. Choose another name.`,
  );
}

function toTold({ id, content, hash, isIntact, withdrawal }: StoredBaseline): Told {
  const { name, scope, service, window, zone, lens, frozenAt, signer, reason } = content;
  return {
    id,
    name,
    scope,
    service,
    window: { from: iso(window.from), to: iso(window.to) },
    zone,
    lens: { ...lens },
    frozenAt: iso(frozenAt),
    signer,
    reason,
    hash,
    isIntact,
    notes: [
      ...(isIntact
        ? []
        : ["Its content and its hash differ: somebody changed the database file. Nothing is compared with it."]),
      ...weaknesses(content),
    ],
    withdrawal:
      withdrawal === null
        ? null
        : { reason: withdrawal.reason, signer: withdrawal.signer, madeAt: iso(withdrawal.madeAt) },
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
