import { describe, expect, it } from "vitest";
import { askedFirst } from "#server/asked-first.ts";

const asked = (page: string, search: string) => askedFirst(page, new URLSearchParams(search));
const OF_EVERY_PAGE = ["/api/status", "/api/metrics", "/api/scopes", "/api/annotations"];

describe("the first questions of a page", () => {
  it("are what the page shows, then what every page asks for", () => {
    expect(asked("", "")).toEqual(["/api/measures?interval=week", ...OF_EVERY_PAGE]);
    expect(asked("leadership", "")).toEqual(["/api/leadership", ...OF_EVERY_PAGE]);
  });

  it("say whose numbers are looked at, as a browser writes it", () => {
    const [own] = asked("pipelines", "scope=team%3ATeam+1&service=acme%2Fshop");

    expect(own).toBe(
      "/api/pipelines?scope=team%3ATeam+1&service=acme%2Fshop&sort=pipeline-duration&direction=descending&offset=0",
    );
  });

  it.each(["range=1y", "bots=out", "state=open", "scope=service%3Ashop", "scope=nonsense"])(
    "are only what every page asks for where the page itself may ask for something else: %s",
    (search) => {
      expect(OF_EVERY_PAGE).toEqual(expect.arrayContaining([...asked("changes", search)]));
    },
  );

  it.each(["settings", "constructor", "nowhere"])(
    "are what every page asks for where nothing else is known: %s",
    (page) => {
      expect(asked(page, "")).toEqual(OF_EVERY_PAGE);
    },
  );
});
