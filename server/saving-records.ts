/** Freezes what is said of savings before results are known, and withdraws it. */
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import { dateOf } from "#metrics/calendar.ts";
import { DAY } from "#metrics/time.ts";
import { hashOf } from "./hash.ts";
import { BadRequest } from "./answers/problem.ts";
import { standing } from "./answers/programme.ts";
import { LEAST_WEEKS, openedRecord, weaknessesOf } from "./answers/saving-records.ts";
import { scopeSets } from "./answers/scope-sets.ts";
import type { Control } from "./commands.ts";
import type { CommandReply } from "./contract.ts";
import type { Installation } from "./installation.ts";
import type { SavingRecord } from "./ledger-contract.ts";
import { sealing, signerSubject } from "./sealing.ts";

type Frozen = CommandReply<"/api/savings/records/freeze">;

export function recordingSavings(
  installation: Installation,
): Pick<Control, "/api/savings/records/freeze" | "/api/savings/records/withdraw"> {
  return {
    "/api/savings/records/freeze": async ({ record, actor }) => freezeSavings(installation, record, actor),
    "/api/savings/records/withdraw": async ({ name, reason, actor }) => {
      const { store, now, live } = installation;
      const [row] = await store.savingRecords(name);
      if (row === undefined)
        throw new BadRequest(`There is no record "${name}". The page Savings lists those there are.`);
      if (!(await store.withdrawSavingRecord(row, { reason, actor, madeAt: now() })))
        throw new BadRequest(`The record "${name}" was withdrawn before.`);
      live.tell();
      return { name, hash: row.hash, notes: [] };
    },
  };
}

/** @throws BadRequest when the name is taken, or the window is short or not over. */
export async function freezeSavings(installation: Installation, record: SavingRecord, actor: string): Promise<Frozen> {
  const { store, now, live, config } = installation;
  const { names } = await scopeSets(installation);
  if (!names.includes(record.scope))
    throw new BadRequest(`There is no scope "${record.scope}". Known are ${names.slice(0, 20).join(", ")}.`);
  if (record.kind === "baseline") refuseWindow(record, dateOf(now(), config.timezone));
  else await refuseBaseline(installation, record);
  const { programme } = await standing(installation);
  const madeAt = now();
  const subject = signerSubject(record.name);
  const signer = (await sealing(store, [subject]))(subject, actor);
  // Signed and dated within what is hashed, so that neither can be changed afterwards; the signer as a hash, so that a statement can hold the text and names nobody.
  const content = canonicalOf({ format: 2, record, currency: programme.currency, signer, frozenAt: madeAt });
  const hash = hashOf(content);
  if (!(await store.addSavingRecord({ kind: record.kind, name: record.name, content, hash, actor, madeAt })))
    throw new BadRequest(
      `A record "${record.name}" was frozen before, and what a name means never changes. Choose another name.`,
    );
  live.tell();
  return { name: record.name, hash, notes: [...weaknessesOf({ record, madeAt }, programme, await store.ledger())] };
}

function refuseWindow({ from, to }: SavingRecord & { readonly kind: "baseline" }, today: string): void {
  if (Date.parse(to) - Date.parse(from) < LEAST_WEEKS * 7 * DAY)
    throw new BadRequest(
      `A baseline has at least ${LEAST_WEEKS} weeks, ideally 26: from ${from} to ${to} it would be an accident of a few weeks. Choose an earlier first day.`,
    );
  if (to > today) throw new BadRequest(`The window ends on ${to}, which has not come: freeze what is over.`);
}

async function refuseBaseline({ store }: Installation, { baseline }: SavingRecord & { readonly kind: "plan" }) {
  if (baseline === null) return;
  const [row] = await store.savingRecords(baseline);
  if (row?.kind !== "baseline" || row.withdrawal !== null || !openedRecord(row).isIntact)
    throw new BadRequest(`There is no baseline "${baseline}" that holds. Freeze one first: the page Savings does.`);
}
