import { describe, expect, it } from "vitest";
import { closes } from "#collectors/gitlab/closing.ts";

function closed(text: string, url = "https://gitlab.example"): string[] {
  return closes(text, { project: "acme/tools/shell", url }).map(({ project, iid }) => `${project}#${iid}`);
}

describe("a text closes the issues", () => {
  it.each([
    ["Closes #4", ["acme/tools/shell#4"]],
    ["closing: #4, #6 and #7", ["acme/tools/shell#4", "acme/tools/shell#6", "acme/tools/shell#7"]],
    ["Fixes issue #5", ["acme/tools/shell#5"]],
    ["Fixed group/project#3", ["group/project#3"]],
    ["Resolves web#2", ["acme/tools/web#2"]],
    ["Implements https://gitlab.example/acme/web/-/issues/9", ["acme/web#9"]],
    ["Implemented https://gitlab.example/acme/web/issues/9.", ["acme/web#9"]],
    ["Fixing https://GitLab.example/a/b/c/-/work_items/12", ["a/b/c#12"]],
    ["Closes ABC-12 and #8", ["acme/tools/shell#8"]],
    ["Closes #1, closes #1", ["acme/tools/shell#1"]],
    [
      "Fix #20, Fixes #21 and Closes group/otherproject#22.\nThis is also related to #17 and fixes #18, #19\nand https://gitlab.example/group/otherproject/-/issues/23.",
      [
        "acme/tools/shell#20",
        "acme/tools/shell#21",
        "group/otherproject#22",
        "acme/tools/shell#18",
        "acme/tools/shell#19",
      ],
    ],
  ])("that %j names", (text, expected) => {
    expect(closed(text)).toEqual(expected);
  });

  it.each([
    "Related to #4",
    "#4",
    "CLOSES #4",
    "encloses #4",
    "Closes !4",
    "Closes the door of #4",
    "Closes https://elsewhere.example/acme/web/-/issues/9",
    "Closes https://gitlab.example/groups",
  ])("and none with %j", (text) => {
    expect(closed(text)).toEqual([]);
  });

  it("by addresses of a host below a path", () => {
    const text = "Closes https://git.example/gitlab/acme/web/-/issues/9";

    expect(closed(text, "https://git.example/gitlab")).toEqual(["acme/web#9"]);
  });

  it.each(["Closes #1" + " ".repeat(200_000) + "x", "close ".repeat(50_000), "closes " + "a/".repeat(100_000)])(
    "in a moment, whatever somebody wrote",
    (text) => {
      const from = performance.now();

      closed(text);

      expect(performance.now() - from).toBeLessThan(1000);
    },
  );
});
