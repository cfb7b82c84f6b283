/** `headway plan`: how a saving could be measured, before anybody begins; and what is frozen of it. */
import { contract } from "../contract.ts";
import type { Reply } from "../contract.ts";
import { answerSavingsPlan } from "../answers/savings-plan.ts";
import { freezeSavings } from "../saving-records.ts";
import type { Arguments } from "./args.ts";
import { refuseOperands, TERMINAL } from "./asked.ts";
import type { Effects } from "./effects.ts";
import { withInstallation } from "./installed.ts";
import { createScreen, wrap } from "./screen.ts";
import { UsageError } from "./usage.ts";

type Plan = Reply<"/api/savings/plan">;

export async function plan(args: Arguments, effects: Effects): Promise<number> {
  refuseOperands(args);
  const { from, to, seed, freeze, schedule, by } = args.options;
  const asked = {
    ...(to !== undefined && { at: to }),
    ...(from !== undefined && { from }),
    ...(seed !== undefined && { seed }),
  };
  const query = contract["/api/savings/plan"].query.safeParse(asked);
  if (!query.success)
    throw new UsageError(
      `${query.error.issues.map(({ message }) => message).join(" ")} Write days as 2026-11-30 and the seed as a number.`,
    );
  if (freeze !== undefined && by === undefined)
    throw new UsageError("A frozen plan is signed: say who you are, with --by NAME.");
  return withInstallation(args, effects, async (installation) => {
    const found = await answerSavingsPlan(installation, query.data);
    const screen = createScreen(effects.stdout, effects.env);
    if (freeze === undefined) {
      await screen.print(args.json ? JSON.stringify(found, null, 2) : lines(found, screen.width).join("\n"));
      return 0;
    }
    const chosen = schedule ?? found.recommended;
    const planned = found.schedules.find(({ id }) => id === chosen)?.record ?? null;
    const record = planned && { ...planned, name: freeze };
    if (record === null)
      throw new UsageError(
        `There is no schedule "${chosen ?? ""}" to freeze. There ${found.schedules.length === 0 ? "is none" : `are ${found.schedules.map(({ id }) => id).join(", ")}`}.`,
      );
    const told = await freezeSavings(installation, record, by ?? TERMINAL);
    const notes = told.notes.map((note) => `note: ${note}`);
    const words = `Frozen: the plan “${told.name}” (${record.schedule.length} waves, seed ${record.seed}), SHA-256 ${told.hash}. The evaluation runs exactly it and tells where anything was done otherwise.`;
    await screen.print(
      args.json ? JSON.stringify({ ...told, record }, null, 2) : [wrap(words, screen.width), ...notes].join("\n"),
    );
    return 0;
  });
}

function lines(found: Plan, width: number): string[] {
  const { history, order, schedules, recommended } = found;
  return [
    wrap(found.sentence, width),
    "",
    `From ${history.weeks} weeks of ${history.teams.length} teams until ${history.to}, on ${found.outcome === "lost-share" ? "the share of capacity that is lost" : "lead times"}.`,
    `An order drawn by chance (seed ${found.seed}): ${order.join(", ")}.`,
    ...schedules.flatMap((one) => [
      "",
      `${one.title} (${one.id})${one.id === recommended ? ", recommended" : ""}`,
      ...one.quarters.map(
        ({ until, method, detectable, power }) =>
          `  until ${until}  ${detectable === null ? "nothing can be seen" : `${percent(detectable)} is the smallest that is seen`}${power === null ? "" : `; 10 % is seen in ${Math.round(power * 100)} of 100 worlds`} (${method})`,
      ),
      ...(one.quarters.length === 0 ? [`  ${one.words}`] : []),
    ]),
    "",
    ...found.words.map((word) => wrap(word, width)),
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
