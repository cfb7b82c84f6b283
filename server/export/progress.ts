/** Practices as rows: for each service what each part of a practice says, week by week, with the stage and the status as they stand. */
import { isAlways } from "#metrics/scopes.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { WEEK, within } from "#metrics/time.ts";
import type { ScopedService } from "../answers/asked-scope.ts";
import { Memory } from "../answers/memory.ts";
import { answerProgressService } from "../answers/progress-service.ts";
import { reaches } from "../answers/scope.ts";
import type { Asked } from "../answers/scope.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { Row } from "./columns.ts";

type ServiceProgress = Reply<"/api/progress/service">;

/** A status looks at a year at least, and nobody is asked about more than four. */
const [LEAST_WEEKS, MOST_WEEKS] = [52, 208];

/**
 * A week belongs to the window, and to the owner of a service, in which it begins. The newest is first.
 *
 * @param window `null`: as far back as anything is known, and no more than four years.
 */
export async function* progressRows(
  installation: Installation,
  services: readonly ScopedService[],
  { to }: Asked,
  window: Window | null,
): AsyncIterable<readonly Row[]> {
  const memory = new Memory(installation.store);
  const { deployment, commit, until } = await reaches(installation, services, memory);
  const known = [deployment, commit].flatMap((reach) => reach ?? []);
  if (known.length === 0) return;
  const first = Math.max(window?.from ?? 0, Math.min(...known.map(({ from }) => from)));
  const weeks = Math.min(MOST_WEEKS, Math.max(LEAST_WEEKS, Math.ceil((until - first) / WEEK)));
  for (const { service, times } of services) {
    const isMeant = (at: Instant): boolean =>
      (window === null || within(at, window)) && (isAlways(times) || times.some((time) => within(at, time)));
    const asked = { service, weeks, ...(to !== undefined && { to }) };
    yield rowsOf(await answerProgressService(installation, asked, memory), isMeant);
  }
}

function rowsOf(one: ServiceProgress, isMeant: (at: Instant) => boolean): readonly Row[] {
  const { service, team, system, releaseClass, stage } = one;
  return one.practices.flatMap(({ practice, status, declared, parts }) =>
    parts.flatMap(({ part, status: partStatus, isRequired, detected, history }) =>
      history
        .filter(({ from }) => isMeant(Date.parse(from)))
        .toReversed()
        .map(({ from, to, kind, isMet, met, of, unknown, isCalm, rows, note }): Row => ({
          service,
          team,
          system,
          releaseClass,
          stage,
          practice,
          practiceStatus: status,
          declaredAt: declared,
          part,
          partStatus,
          isRequired,
          detectedAt: detected.at,
          from,
          to,
          kind,
          isMet,
          met,
          of,
          unknown,
          isCalm,
          rows,
          note,
        })),
    ),
  );
}
