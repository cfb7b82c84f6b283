import { describe, expect, it } from "vitest";
import { progressSentence } from "#metrics/programme/progress-words.ts";
import type { ServiceStage } from "#metrics/programme/stage.ts";
import { STAGES } from "#metrics/programme/stage.ts";

const at = (...numbers: readonly number[]): readonly ServiceStage[] =>
  numbers.flatMap((number) =>
    STAGES.filter((stage) => stage.number === number).map((stage) => ({
      stage,
      holding: 0,
      asked: 12,
      missing: [],
      mandate: [],
      words: "",
    })),
  );
const next = { id: "review", title: "Review", services: ["shop"], words: "Review is what most services lack." };

describe("the sentence of progress", () => {
  it("says at which stage most services are, how many are further, and what most of them lack", () => {
    expect(progressSentence(at(2, 2, 1, 3), next)).toBe(
      "2 of 4 services are at stage 2, flow; 1 service is further. Review is what most services lack.",
    );
    expect(progressSentence(at(1, 1, 3, 4), null)).toBe(
      "2 of 4 services are at stage 1, integrate; 2 services are further.",
    );
    expect(progressSentence(at(5), null)).toBe("1 of 1 service is at stage 5, foundation; none is further.");
  });

  it("tells nobody to be further than they are: of two stages that are equal the earlier one", () => {
    expect(progressSentence(at(4, 0), null)).toBe(
      "1 of 2 services is at stage 0, baseline and mandate; 1 service is further.",
    );
  });

  it("says nothing of practices where no service is known", () => {
    expect(progressSentence([], null)).toBe("No service is known yet, so nothing can be said of its practices.");
  });
});
