/**
 * Digits that were told once. Whoever verifies a statement reckons it again with a later version, so what is drawn, and in which order, stays as it is: whoever changes these digits
 * on purpose says so in the changelog, and gives statements another format.
 */
import { expect, it } from "vitest";
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import type { Options } from "#metrics/programme/savings/effect/index.ts";
import { PLAN_OPTIONS, planSavings } from "#metrics/programme/savings/effect/plan.ts";
import type { Adoption } from "#metrics/programme/savings/effect/types.ts";
import { WEEK } from "#metrics/time.ts";
import { known } from "#test/metrics/statistics/known.ts";
import type { PanelWorld } from "#test/support/panels.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";

const few = { ...OPTIONS, draws: 40, orders: 19 };
const world = { ...USUAL_PANEL, teams: 8, adopters: 4, first: 46, weeks: 76, missing: 0.05, control: 0 };

/** Nine digits, since the last ones of logarithms and angles are another machine's own. */
function rounded(values: readonly number[]): readonly string[] {
  return values.map((value) => value.toPrecision(9));
}

/** The same adoptions so many weeks later. */
function delayed(adoptions: readonly Adoption[], weeks: number): readonly Adoption[] {
  return adoptions.map(({ team, at }) => ({ team, at: at === null ? null : at + weeks * WEEK }));
}

function digitsOf(draft: Partial<PanelWorld>, options: Options = few) {
  const { rows, ...panel } = simulatedPanel(11, { ...world, ...draft }).panel;
  const weighed = rows.map((row, at) => ({ ...row, weight: 10 + (at % 7) }));
  const { method, size, change, cumulative, detectable, earliest, checks, byTime, byTeam, counts } = estimateEffect(
    { ...panel, rows: weighed },
    options,
  );
  const { saving, low, p50, high } = size ?? { saving: 0, low: 0, p50: 0, high: 0 };
  const { sum, standardError } = cumulative ?? { sum: 0, standardError: 0 };
  return {
    method,
    size: rounded([saving, low, p50, high]),
    change: rounded([change?.mean ?? 0, change?.standardError ?? 0, sum, standardError]),
    seen: [detectable?.toPrecision(9), earliest === null ? null : earliest / WEEK],
    parts: [byTime, byTeam].map((parts) =>
      parts.map((one) => `${one.words}: ${one.teamWeeks}, ${one.change.toPrecision(9)}`),
    ),
    checks: checks.map(({ id, passed, words }) => `${id} ${passed}: ${words}`),
    teamWeeks: counts.teamWeeks,
  };
}

it("of a comparison with others stay as they were", () => {
  expect(digitsOf({})).toMatchInlineSnapshot(`
    {
      "change": [
        "-0.113362608",
        "0.0404926516",
        "-152.019257",
        "54.3006458",
      ],
      "checks": [
        "pre-trend true: Before they adopted, teams went the way of the others (p 0.68).",
        "placebo true: Pretending that adoption came earlier shows no effect, at 2 dates (p 0.69).",
        "negative-control true: An outcome that the programme cannot have moved did not move (p 0.83).",
        "permutation false: Where the same dates are dealt to the teams in another order, 10 % of 19 orders show as large a saving; at most 5 % may.",
        "disturbance true: Nothing else is known to have been done to these teams within 8 weeks of adopting. What came with adopting and nobody declared is in the estimate, and no check can see it.",
        "missing true: 25 of 608 team-weeks are missing (4.1 %); nothing is put in their place.",
      ],
      "method": "difference-in-differences",
      "parts": [
        [
          "first 13 weeks: 49, -0.122196801",
          "weeks 14 to 26: 49, -0.113470913",
          "weeks 27 to 39: 5, -0.0234911673",
        ],
        [
          "team 0: 24, -0.139571446",
          "team 1: 27, -0.0258036556",
          "team 5: 24, -0.172056779",
          "team 6: 28, -0.124072854",
        ],
      ],
      "seen": [
        "0.0658490575",
        76,
      ],
      "size": [
        "0.113362608",
        "0.0587686246",
        "0.105235282",
        "0.153568014",
      ],
      "teamWeeks": 103,
    }
  `);
});

it("of many teams, which keep their own noise, stay as they were", () => {
  const { size, change, seen } = digitsOf({ teams: 22, adopters: 9, apart: 1 }, { ...few, scale: "log" });

  expect({ size, change, seen }).toMatchInlineSnapshot(`
    {
      "change": [
        "-0.105609180",
        "0.0179924482",
        "-303.732002",
        "51.7462811",
      ],
      "seen": [
        "0.0313745482",
        76,
      ],
      "size": [
        "0.100223770",
        "0.0769050161",
        "0.101251956",
        "0.116538998",
      ],
    }
  `);
});

it("of few teams beside few others stay as they were", () => {
  expect(digitsOf({ teams: 6, adopters: 3, weeks: 106, season: 0.05 })).toMatchInlineSnapshot(`
    {
      "change": [
        "0.0338615437",
        "0.129087412",
        "50.6568694",
        "193.114769",
      ],
      "checks": [
        "placebo true: Pretending that adoption came earlier shows no effect, at 1 date (p 0.09).",
        "negative-control true: An outcome that the programme cannot have moved did not move (p 0.64).",
        "season false: Of 43 weeks before adoption, the season cannot be told from the effect.",
        "disturbance true: Nothing else is known to have been done to these teams within 8 weeks of adopting. What came with adopting and nobody declared is in the estimate, and no check can see it.",
        "missing true: 21 of 636 team-weeks are missing (3.3 %); nothing is put in their place.",
      ],
      "method": "interrupted-time-series",
      "parts": [
        [
          "first 13 weeks: 37, 0.0295689066",
          "weeks 14 to 26: 38, 0.0235486042",
          "weeks 27 to 39: 37, 0.0413264340",
          "weeks 40 to 52: 3, 0.123367398",
        ],
        [
          "team 2: 36, -0.179607314",
          "team 4: 38, 0.112810786",
          "team 5: 41, 0.146457396",
        ],
      ],
      "seen": [
        "0.430215900",
        null,
      ],
      "size": [
        "-0.0338615437",
        "-0.371570916",
        "-0.0120884690",
        "0.257739707",
      ],
      "teamWeeks": 115,
    }
  `);
});

it("of few teams alone stay as they were", () => {
  expect(digitsOf({ teams: 3, adopters: 3 }, { ...few, lag: 3 })).toMatchInlineSnapshot(`
    {
      "change": [
        "-0.0706215147",
        "0.0405909239",
        "-72.6695387",
        "41.7680606",
      ],
      "checks": [
        "placebo true: Pretending that adoption came earlier shows no effect, at 1 date (p 0.43).",
        "negative-control true: An outcome that the programme cannot have moved did not move (p 0.29).",
        "season false: Of 44 weeks before adoption, the season cannot be told from the effect.",
        "disturbance true: Nothing else is known to have been done to these teams within 8 weeks of adopting. What came with adopting and nobody declared is in the estimate, and no check can see it.",
        "missing true: 11 of 228 team-weeks are missing (4.8 %); nothing is put in their place.",
      ],
      "method": "interrupted-time-series",
      "parts": [
        [
          "first 13 weeks: 38, -0.0633102920",
          "weeks 14 to 26: 36, -0.0730159767",
          "weeks 27 to 39: 5, -0.107862000",
        ],
        [
          "team 0: 27, -0.145405831",
          "team 1: 24, 0.0206592686",
          "team 2: 28, -0.0763378358",
        ],
      ],
      "seen": [
        "0.194733658",
        null,
      ],
      "size": [
        "0.0706215147",
        "-0.0272650080",
        "0.0809782166",
        "0.200813995",
      ],
      "teamWeeks": 79,
    }
  `);
});

it("of a plan stay as they were", () => {
  const { rows, adoptions } = simulatedPanel(5, { ...world, first: 30, weeks: 39, missing: 0.1 }).panel;
  const weighed = rows.map((row, at) => ({ ...row, weight: 10 + (at % 7) }));
  const later = delayed(adoptions, 10);
  const options = { ...PLAN_OPTIONS, line: 0.1, worlds: 30, quarters: 2 };
  const planned = [options, { ...options, scale: "log" as const, isByQuarter: false, rampWeeks: 0 }].map((own) =>
    planSavings(weighed, [{ id: "waves", title: "Waves", adoptions: later }], own),
  );
  const told = planned.map(({ schedules, order }) => ({
    order,
    quarters: schedules.flatMap(({ quarters }) =>
      quarters.map(({ detectable, power }) => [known(detectable).toPrecision(9), power]),
    ),
  }));

  expect(told).toMatchInlineSnapshot(`
    [
      {
        "order": [
          "team 3",
          "team 0",
          "team 7",
          "team 1",
          "team 2",
          "team 6",
          "team 5",
          "team 4",
        ],
        "quarters": [
          [
            "0.285156250",
            0.26666666666666666,
          ],
          [
            "0.113281250",
            0.7,
          ],
        ],
      },
      {
        "order": [
          "team 3",
          "team 0",
          "team 7",
          "team 1",
          "team 2",
          "team 6",
          "team 5",
          "team 4",
        ],
        "quarters": [
          [
            "0.180629364",
            0.4666666666666667,
          ],
          [
            "0.0894896386",
            0.8666666666666667,
          ],
        ],
      },
    ]
  `);
});

it("of a plan for few teams beside few others stay as they were", () => {
  const { rows, adoptions } = simulatedPanel(5, { ...world, teams: 6, adopters: 3, first: 30, weeks: 40 }).panel;
  const later = delayed(adoptions, 12);
  const { schedules } = planSavings(rows, [{ id: "waves", title: "Waves", adoptions: later }], {
    ...PLAN_OPTIONS,
    worlds: 20,
    quarters: 2,
    firstQuarter: 2,
  });
  const { method, detectable, power } = known(schedules.flatMap(({ quarters }) => quarters)[0]);

  expect([method, known(detectable).toPrecision(9), power]).toMatchInlineSnapshot(`
    [
      "interrupted-time-series",
      "0.320312500",
      0.05,
    ]
  `);
});
