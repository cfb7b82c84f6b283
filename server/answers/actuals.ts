/** What the books say was paid, with every version, and what of it is explained. */
import { dateOf } from "#metrics/calendar.ts";
import { reconciled } from "#metrics/programme/savings/ledger/reconcile.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { StoredActual } from "../store/actuals.ts";
import { standing } from "./programme.ts";
import { workingTeams } from "./team-weeks.ts";

export async function answerActuals(installation: Installation): Promise<Reply<"/api/savings/actuals">> {
  const { store, config } = installation;
  const versions = await store.actuals();
  const { programme } = await standing(installation);
  const { assumptions, costs, currency } = programme;
  const held = inForce(versions);
  const inMonths = reconciled(held, { assumptions, costs, teams: workingTeams(config) });
  return {
    currency,
    months: [...inMonths],
    rows: held.map(({ costCentre, month, amount }) => ({
      costCentre,
      month,
      amount,
      versions: versions
        .filter((one) => one.costCentre === costCentre && one.month === month)
        .map(({ amount: was, fileHash, actor, madeAt }) => ({
          amount: was,
          fileHash,
          actor,
          madeAt: new Date(madeAt).toISOString(),
        })),
    })),
    terms: `Capacity of each team × what an hour costs, and the costs that the programme holds, as of ${dateOf(installation.now(), config.timezone)}.`,
  };
}

/** The last version of each cost centre and month, by month and then by cost centre. */
export function inForce(versions: readonly StoredActual[]): readonly StoredActual[] {
  const last = new Map(versions.map((one) => [`${one.month} ${one.costCentre}`, one]));
  return [...last.values()].toSorted((a, b) => (`${a.month} ${a.costCentre}` < `${b.month} ${b.costCentre}` ? -1 : 1));
}
