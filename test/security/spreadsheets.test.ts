import { describe, expect, it } from "vitest";
import { parseCsv } from "#server/csv.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";

const RUN = ["=1+1", "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", '=HYPERLINK("https://evil.example")', "@a/b c"];

describe("a title that a spreadsheet would run", () => {
  it.each(RUN)("comes out of an export as text: %j", async (title) => {
    const host = new FakeHost();
    host.commit({ title });
    host.tag(title.replaceAll(/[^\w=+@-]/g, ""), { name: title });
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const { get } = await serve(installation);

    const texts = await Promise.all(
      ["commits", "deployments"].map(async (kind) => (await get(`/api/export/${kind}?format=csv`)).text),
    );

    const cells = texts.flatMap((text) => parseCsv(text).flatMap((row) => row.cells));
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells.length).toBeGreaterThan(20);
  });
});
