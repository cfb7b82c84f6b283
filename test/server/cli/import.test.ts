import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder } from "#test/support/git-repository.ts";
import { aShop, headway } from "./support.ts";

/** A folder that Headway looks at, with a file in it. */
function withFile(text: string | Buffer, place = aShop().path): string {
  writeFileSync(join(place, "rows.csv"), text);
  return place;
}

const DEPLOYMENTS = `service,version,environment,deployedAt,status
sap,4711,production,2019-03-04T05:06:07Z,success
sap,4712,production,2019-03-05T05:06:07Z,failed
sap,4713,staging,2019-03-06T05:06:07Z,
`;

const rowsOf = async (place: string, kind: string) =>
  JSON.parse((await headway(place, `export ${kind} --json`)).stdout) as Record<string, unknown>[];

describe("headway import", () => {
  it("pushes the rows of a file, and the same file again changes nothing", async () => {
    const place = withFile(DEPLOYMENTS);

    const first = await headway(place, "import deployments rows.csv");
    const again = await headway(place, "import deployments rows.csv");

    expect(first).toEqual({ code: 0, stderr: "", stdout: "rows.csv: 3 rows: 3 new, 0 changed, 0 same, 0 refused.\n" });
    expect(again.stdout).toBe("rows.csv: 3 rows: 0 new, 0 changed, 3 same, 0 refused.\n");
    const rows = (await rowsOf(place, "deployments")).filter(({ service }) => service === "sap");
    expect(rows.map(({ id, status, tier }) => [id, status, tier])).toEqual([
      ["staging 4713 2019-03-06T05:06:07.000Z", "success", "other"],
      ["production 4712 2019-03-05T05:06:07.000Z", "failure", "production"],
      ["production 4711 2019-03-04T05:06:07.000Z", "success", "production"],
    ]);
  });

  it("says in a dry run what it would do, row by row, and stores nothing", async () => {
    const place = withFile(DEPLOYMENTS);
    await headway(place, "import deployments rows.csv");
    withFile(
      `${DEPLOYMENTS.replace("failed", "success")}sap,4714,production,2019-03-07T05:06:07Z,\n,4715,,tomorrow,\n`,
      place,
    );

    const { code, stdout } = await headway(place, "import deployments rows.csv --dry-run");

    expect(code).toBe(1);
    expect(stdout.split("\n")).toEqual([
      "rows.csv: 5 rows: 1 new, 1 changed, 2 same, 1 refused. Nothing was stored: this was a dry run.",
      "  line 3: changed: sap, production 4712 2019-03-05T05:06:07.000Z (statuses)",
      "  line 5: new: sap, production 4714 2019-03-07T05:06:07.000Z",
      "  line 6: refused: deployedAt: Write an instant with its zone, such as 2026-11-22T08:00:00Z.",
      "",
    ]);
    expect((await rowsOf(place, "deployments")).filter(({ service }) => service === "sap")).toHaveLength(3);
  });

  it("takes the good rows where others are refused, and fails then", async () => {
    const place = withFile(
      "service,sha,deployedAt\nsap,c0ffee1,2019-03-04T05:06:07Z\nsap,main,2019-03-04T05:06:07Z\nsap\n",
    );

    const { code, stdout } = await headway(place, "import deployments rows.csv");

    expect(code).toBe(1);
    expect(stdout).toContain("1 new, 0 changed, 0 same, 2 refused");
    expect(stdout).toContain("line 3: refused: sha: Write the commit's sha");
    expect(stdout).toContain("line 4: refused: row: It has 1 cells, and there are 3 columns.");
  });

  it("fills in the service and the environment of rows that do not say them", async () => {
    const place = withFile(
      "id,version,environment,deployedAt\n1,a,,2019-03-04T05:06:07Z\n2,b,test,2019-03-05T05:06:07Z\n",
    );

    await headway(place, "import deployments rows.csv --service sap --environment live");

    const rows = (await rowsOf(place, "deployments")).filter(({ service }) => service === "sap");
    expect(rows.map(({ id, environment }) => [id, environment])).toEqual([
      ["2", "test"],
      ["1", "live"],
    ]);
  });

  it("reads times without a zone in the configured one", async () => {
    const place = withFile(
      "service,version,deployedAt\nsap,1,2019-07-04 05:06\nsap,2,2019-07-05\nsap,3,2019-07-06 05:06:07Z\n",
    );
    writeFileSync(join(place, "headway.yaml"), "timezone: Europe/Berlin\nsources: [{ host: git, path: . }]\n");

    await headway(place, "import deployments rows.csv");

    const rows = (await rowsOf(place, "deployments")).filter(({ service }) => service === "sap");
    expect(rows.map(({ deployedAt }) => deployedAt)).toEqual([
      "2019-07-06T05:06:07.000Z",
      "2019-07-04T22:00:00.000Z",
      "2019-07-04T03:06:00.000Z",
    ]);
  });

  it("takes what an export gives: elsewhere it is the same, and here nothing is twice", async () => {
    const { path } = aShop();
    await headway(path, "sync");
    const { stdout } = await headway(path, "export deployments --format csv");
    const [here, elsewhere] = [withFile(stdout, path), withFile(stdout, aShop().path)];
    const before = await rowsOf(here, "deployments");

    await headway(here, "import deployments rows.csv");
    await headway(elsewhere, "import deployments rows.csv");

    expect(await rowsOf(here, "deployments")).toEqual(before);
    expect(await rowsOf(elsewhere, "deployments")).toHaveLength(before.length);
  });

  it("takes incidents, with their end and what caused them, under the names of the export", async () => {
    const place = withFile(
      'service;id;title;openedAt;resolvedAt;deploymentId;falseAlarm;number\r\nsap;INC-1;"Down; again";2019-03-04T06:00:00Z;2019-03-04T08:00:00Z;d1;false;7\r\n',
    );

    const first = await headway(place, "import incidents rows.csv");
    const again = await headway(place, "import incidents rows.csv --json");

    expect(first.stdout).toContain("1 new");
    expect(JSON.parse(again.stdout)).toMatchObject({ kind: "incidents", dryRun: false, counts: { same: 1 } });
    expect(await rowsOf(place, "incidents")).toMatchObject([
      { id: "INC-1", service: "sap", title: "Down; again", recoveryHours: 2, linkedBy: "none" },
    ]);
  });

  it("takes alerts under the names of the export, and shows in a dry run what is different", async () => {
    const place = withFile(
      "service,id,scan,severity,openedAt,fixedAt,dismissedAt,hoursToFix\nsap,1,code,HIGH,2019-03-04 06:00,2019-03-04 08:00,,2\nsap,2,secret,,2019-03-05,,,\nsap,3,code,,,,,\n",
    );

    const first = await headway(place, "import alerts rows.csv");
    const again = await headway(place, "import alerts rows.csv");
    withFile("service,id,fixedAt\nsap,2,2019-03-06\n", place);
    const dry = await headway(place, "import alerts rows.csv --dry-run");

    expect(first.stdout).toBe(
      "rows.csv: 3 rows: 2 new, 0 changed, 0 same, 1 refused.\n  line 4: refused: openedAt: A row must say when.\n",
    );
    expect([first.code, dry.code]).toEqual([1, 0]);
    expect(again.stdout).toContain("0 new, 0 changed, 2 same, 1 refused");
    expect(dry.stdout).toContain("  line 2: changed: sap, 2 (fixedAt)\n");
    expect(await rowsOf(place, "alerts")).toMatchObject([
      { id: "2", scan: "secret", severity: null, fixedAt: null },
      { id: "1", scan: "code", severity: "high", openedAt: "2019-03-04T06:00:00.000Z", hoursToFix: 2 },
    ]);
  });

  it("takes the labels of incidents, which may hold spaces", async () => {
    const place = withFile('service,id,openedAt,labels\nsap,INC-1,2019-03-04T06:00:00Z,"sev 1; checkout"\n');

    const { stdout } = await headway(place, "import incidents rows.csv");
    const again = await headway(place, "import incidents rows.csv");
    withFile("service,id,openedAt,labels\nsap,INC-1,2019-03-04T06:00:00Z,sev 1\n", place);
    const other = await headway(place, "import incidents rows.csv --dry-run");

    expect([stdout.includes("1 new"), again.stdout.includes("1 same")]).toEqual([true, true]);
    expect(other.stdout).toContain("line 2: changed: sap, INC-1 (labels)");
  });

  it("names the columns that mean nothing here", async () => {
    const place = withFile("service,version,deployedAt,squad\nsap,1,2019-07-04T00:00:00Z,blue\n");

    expect((await headway(place, "import deployments rows.csv")).stdout).toContain("left out: squad");
  });

  it.each([
    ["no table", 'a"b\n', "Line 1: a quote stands inside a cell"],
    ["empty", "", "The file is empty"],
    ["of other columns", "alpha,beta\n1,2\n", "no column is known"],
    ["of a misspelt column", "service,version,deployedAt,enviroment\n", 'Did you mean "environment"?'],
    ["of a column twice", "service,service\n", 'two columns called "service"'],
    ["not UTF-8", Buffer.from([0x73, 0xe4, 0x2c]), "is not UTF-8"],
  ])("refuses a file that is %s", async (_what, text, words) => {
    const { code, stdout, stderr } = await headway(withFile(text), "import deployments rows.csv");

    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("says so when the file is not there", async () => {
    const { code, stderr } = await headway(aShop().path, "import deployments rows.csv");

    expect(stderr).toContain("rows.csv is not there");
    expect(code).toBe(1);
  });

  it.each([
    ["import", "Say what to import"],
    ["import deployment rows.csv", "Did you mean `deployments`?"],
    ["import deployments", "Name the file"],
    ["import deployments a.csv b.csv", "one too many"],
    ["import alerts a.csv --environment live", "Only deployments have an environment"],
    ["import incidents a.csv --environment live", "Only deployments have an environment"],
    ["export deployments --dry-run", "has no option --dry-run"],
  ])("is not understood as %s", async (typed, words) => {
    const { code, stderr } = await headway(aFolder(), typed);

    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});
