import { expect, it } from "vitest";
import { runOnSchedule } from "#server/schedule.ts";
import type { Clock } from "#server/schedule.ts";

const minute = 60_000;

/** A clock that ticks when it is told to, and work that ends when it is told to. */
function aPlan(when: Parameters<typeof runOnSchedule>[0]) {
  const stopping = new AbortController();
  const state = {
    now: 0,
    runs: 0,
    cron: "",
    stopped: false,
    tick: () => undefined as void,
    finish: () => undefined as void,
  };
  const clock: Clock = (cron, tick) => {
    Object.assign(state, { cron, tick });
    return () => {
      state.stopped = true;
    };
  };
  const run = () =>
    new Promise<void>((resolve) => {
      state.runs += 1;
      state.finish = resolve;
    });
  const ended = runOnSchedule(when, run, { now: () => state.now, signal: stopping.signal, clock });
  const finish = async () => {
    state.finish();
    await new Promise(setImmediate);
  };
  const tickAt = (now: number) => {
    state.now = now;
    state.tick();
  };
  return { state, finish, tickAt, ended, stop: () => stopping.abort() };
}

it("runs at once, and then every so many minutes, also where cron could not say it", async () => {
  const { state, finish, tickAt } = aPlan({ every: 45 });
  const runs: number[] = [];

  for (const at of [44, 45, 46, 89, 90]) {
    await finish();
    tickAt(at * minute + 3);
    runs.push(state.runs);
  }

  expect(state.cron).toBe("* * * * *");
  expect(runs).toEqual([1, 2, 2, 2, 3]);
});

it("makes good a minute that a busy process missed", async () => {
  const { state, finish, tickAt } = aPlan({ every: 10 });
  await finish();

  tickAt(9 * minute);
  tickAt(11 * minute);

  expect(state.runs).toBe(2);
});

it("runs whenever its cron text says so", async () => {
  const { state, finish, tickAt } = aPlan({ cron: "0 6 * * *" });
  await finish();

  tickAt(7 * minute);

  expect(state).toMatchObject({ cron: "0 6 * * *", runs: 2 });
});

it("never runs twice at a time: a long run swallows the next", async () => {
  const { state, finish, tickAt } = aPlan({ every: 1 });

  tickAt(1 * minute);
  tickAt(2 * minute);
  const during = state.runs;
  await finish();
  tickAt(3 * minute);

  expect(during).toBe(1);
  expect(state.runs).toBe(2);
});

it("ends when it is told to, after the run that is under way", async () => {
  const { state, finish, ended, stop } = aPlan({ every: 1 });
  const order: string[] = [];
  const over = ended.then(() => order.push("over"));

  stop();
  await new Promise(setImmediate);
  order.push("finished");
  await finish();
  await over;

  expect(order).toEqual(["finished", "over"]);
  expect(state.stopped).toBe(true);
});
