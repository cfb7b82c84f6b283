import { describe, expect, it } from "vitest";

import { digestWords, syncWords, weekWords } from "#web/settings/words.ts";

const day = [{ from: 540, to: 1020 }];
const digest = { name: "x", to: "slack", scope: "organisation", day: "monday", at: "08:00", ageing: false } as const;

describe("settings", () => {
  it("say when it is synced", () => {
    expect(syncWords({ everyMinutes: 10, cron: null })).toBe("every 10\u00a0minutes");
    expect(syncWords({ everyMinutes: 1, cron: null })).toBe("every minute");
    expect(syncWords({ everyMinutes: null, cron: "0 6 * * 1-5" })).toBe("by 0 6 * * 1-5 in UTC");
  });

  it("say days with the same hours together, and nothing of days off", () => {
    expect(weekWords([day, day, day, day, day, [], []])).toBe("Mon to Fri 09:00 to 17:00");
    expect(weekWords([day, [], day, day, [], [], [{ from: 0, to: 1440 }]])).toBe(
      "Mon 09:00 to 17:00; Wed to Thu 09:00 to 17:00; Sun 00:00 to 24:00",
    );
    expect(
      weekWords([
        [
          { from: 540, to: 750 },
          { from: 810, to: 1080 },
        ],
        [],
        [],
        [],
        [],
        [],
        [],
      ]),
    ).toBe("Mon 09:00 to 12:30 and 13:30 to 18:00");
  });

  it("say what is sent, where and when", () => {
    expect(digestWords({ ...digest, agreement: null }, "UTC")).toBe(
      "By Slack, each Monday at 08:00 (UTC), after a week unlike others.",
    );
    expect(digestWords({ ...digest, ageing: true, agreement: { stage: "pickup", hours: 24 } }, "UTC")).toContain(
      "Each day what broke the agreement that no change waits for a review longer than 24\u00a0hours.",
    );
  });
});
