import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Capture, aShop, headway } from "./support.ts";

describe("headway user", () => {
  it("invites somebody, lists and removes them", async () => {
    const { path } = aShop();

    const added = await headway(path, "user add --name ada --role admin");
    const list = await headway(path, "user list --json");
    const again = await headway(path, "user password --name Ada --json");
    const removed = await headway(path, "user remove --name ada");

    expect(added.stdout).toMatch(/^http:\/\/127\.0\.0\.1:4179\/welcome#[\w-]{43}\n/);
    expect(added.stdout).toContain("until 2026-02-03T12:00:00.000Z");
    expect(JSON.parse(list.stdout)).toEqual([
      { name: "ada", role: "admin", by: "invitation", teams: [], createdAt: "2026-02-01T12:00:00.000Z" },
    ]);
    expect(JSON.parse(again.stdout)).toMatchObject({ url: expect.stringContaining("/welcome#") });
    expect(removed.stdout).toContain("Nobody can now");
    expect((await headway(path, "user list")).stdout).toContain("Nobody can log in.");
  });

  it("takes a password from a file, and gives another role", async () => {
    const { path } = aShop();
    writeFileSync(join(path, "password"), "correct horse battery\n");
    await headway(path, "user add --name ada --role admin --password-file password");

    await headway(path, "user add --name bob --role viewer --password-file password");
    const raised = await headway(path, "user role --name bob --role lead");
    const { stdout } = await headway(path, "user list");

    expect(raised.stdout).toContain('"bob" is lead now');
    expect(stdout).toMatch(/^ada: admin, by password, .*\nbob: lead, by password, /);
  });

  it.each([
    ["user", "Say what to do"],
    ["user make", 'cannot "make"'],
    ["user add ada", "A user is named with --name"],
    ["user add --role admin", "Say whom it is about"],
    ["user add --name ada", "Say what they may: --role viewer, lead"],
    ["user add --name ada --role boss", "--role cannot be"],
    ["user add --name ada --role admin --password-file nowhere", "cannot be read"],
    ["user add --name ada --role admin --password-file short", "at least 12 characters"],
    ["user role --name eve --role lead", 'no user called "eve"'],
    ["user add --name ann --role lead", 'There is a user called "ann"'],
    ["user remove --name ann", "the only administrator"],
  ])("is not understood as %s", async (typed, words) => {
    const { path } = aShop();
    writeFileSync(join(path, "short"), "short\n");
    await headway(path, "user add --name ann --role admin");
    await headway(path, "user add --name bob --role viewer");

    const { code, stdout, stderr } = await headway(path, typed);

    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("a wide door", () => {
  it.each(["start --host 0.0.0.0 --port 0", "start --host example.com"])(
    "is not opened while nobody can log in: %s",
    async (typed) => {
      const { code, stdout, stderr } = await headway(aShop().path, typed);

      expect(stderr).toContain("nobody can log in yet");
      expect(stderr).toContain("headway user add --name NAME --role admin");
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    },
  );

  it("is opened once somebody can, and asks everybody to log in", async () => {
    const { path } = aShop();
    await headway(path, "user add --name ada --role admin");
    const [stdout, stopping] = [new Capture(), new AbortController()];
    onTestFinished(() => stopping.abort());
    const ended = headway(path, "start --host 0.0.0.0 --port 0", { stdout, signal: stopping.signal });
    await vi.waitFor(() => expect(stdout.text).toContain("http://"), 5000);
    const port = new URL(stdout.text.trim()).port;

    const statuses = await Promise.all(
      ["api/status", "demo/api/status", "api/me", ""].map(
        async (page) => (await fetch(`http://127.0.0.1:${port}/${page}`)).status,
      ),
    );
    stopping.abort();

    expect(statuses.slice(0, 3)).toEqual([401, 401, 200]);
    expect((await ended).code).toBe(0);
  });
});
