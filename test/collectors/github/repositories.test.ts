import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { HostError } from "#collectors/collector.ts";
import { isWanted } from "#collectors/github/discovery.ts";
import { GitHubOptions } from "#collectors/github/options.ts";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import { aCollector, aShop, eventsOf, nth, notices, only, onRequest } from "./collecting.ts";

const organization = { organization: "acme" };

function options(has: object): GitHubOptions {
  return GitHubOptions.parse({ host: "github", token: "t", organization: "acme", ...has });
}

describe("of an organisation", () => {
  it.each([
    [{}, true],
    [{ include: ["shop*"] }, true],
    [{ include: ["acme/*"] }, true],
    [{ include: ["other"] }, false],
    [{ exclude: ["*-api"] }, false],
    [{ include: ["shop*"], exclude: ["acme/**"] }, false],
  ])("%o is followed", (has, wanted) => {
    expect(isWanted({ full_name: "acme/shop-api", archived: false, fork: false }, options(has))).toBe(wanted);
  });

  it.each([
    [{}, true, false],
    [{ archived: false, forks: true }, false, true],
  ])("archived repositories and forks are read as %o says", (has, archived, fork) => {
    const repository = { full_name: "acme/shop", archived: false, fork: false };

    expect(isWanted({ ...repository, archived: true }, options(has))).toBe(archived);
    expect(isWanted({ ...repository, fork: true }, options(has))).toBe(fork);
  });

  it("all repositories are found, page by page", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    for (let number = 0; number < 110; number++) host.repository(`r${number}`).commit();
    host.repository("zoo").commit();

    const known = await new Known().take(aCollector(host, { ...organization, exclude: ["r*"] }));

    const keys = [...known.events.keys()].filter((key) => key.startsWith("repository"));
    expect(keys).toEqual(["repository acme/shop acme/shop", "repository acme/zoo acme/zoo"]);
  });

  it("one that is broken does not stop the others, and is named at the end", async () => {
    const { host, shop } = await aShop();
    shop.push(3);
    host.repository("broken").commit();
    host.before = onRequest(/"name":"broken"|repos\/acme\/broken/, () => "404");

    const batches = await allBatches(aCollector(host, organization), null);

    expect(batches.flatMap(({ events }) => events)).not.toEqual([]);
    expect(batches.at(-1)?.notices[0]?.message).toMatch(/^acme\/broken: .* private/);
  });

  it("one that was deleted or hidden keeps its history, and every sync says so without asking again", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    host.repository("old").commit();
    const known = await new Known().take(aCollector(host, organization));
    host.repositories.pop();

    const batches = await allBatches(aCollector(host, organization), known.cursor);
    await known.take(aCollector(host, organization));
    const again = await allBatches(aCollector(host, organization), known.cursor);

    expect([notices(batches), notices(again)]).toEqual([["repository-gone"], ["repository-gone"]]);
    expect(batches.at(-1)?.notices[0]?.message).toMatch(
      /^acme\/old was deleted, or the token may not see it.*history is kept/,
    );
    expect(known.events.has("repository acme/old acme/old")).toBe(true);
    expect(host.asked.filter((request) => request.includes("/repositories/"))).toHaveLength(2);
  });

  it("one that was transferred is told with its new name, and goes on when it comes back", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const old = host.repository("old");
    old.commit();
    const known = await new Known().take(aCollector(host, organization));
    old.owner = "beta";
    const left = await allBatches(aCollector(host, organization), known.cursor);
    await known.take(aCollector(host, organization));
    old.owner = "acme";
    const { sha } = old.commit();

    const back = await allBatches(aCollector(host, organization), known.cursor);

    expect(left.at(-1)?.notices[0]?.message).toMatch(/^acme\/old was transferred and is now beta\/old\./);
    expect(notices(back)).toEqual([]);
    expect(back.flatMap(({ events }) => events)).toContainEqual(expect.objectContaining({ id: sha }));
  });

  it("one that slipped through the list, or that nobody wants, is not called gone", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    host.repository("docs").commit();
    const known = await new Known().take(aCollector(host, organization));
    host.hidden.add("acme/docs");

    const batches = await allBatches(aCollector(host, organization), known.cursor);
    host.repositories.pop();
    const unwanted = await allBatches(aCollector(host, { ...organization, exclude: ["docs"] }), known.cursor);

    expect([notices(batches), notices(unwanted)]).toEqual([[], []]);
  });

  it("those that are archived are told in one remark, and since when nothing happens there", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    for (const name of ["a", "b"]) Object.assign(host.repository(name), { isArchived: true, archivedAt: shop.tick() });

    const batches = await allBatches(aCollector(host, organization), null);

    expect(notices(batches)).toEqual(["archived"]);
    expect(batches.at(-1)?.notices[0]?.message).toContain("Archived: acme/a, acme/b. Nothing is delivered there");
    expect(eventsOf(batches, "repository").get("acme/b")?.archivedAt).toBe(shop.now);
  });

  it("one that is out of order makes the sync incomplete, after the others", async () => {
    const { host, shop } = await aShop();
    shop.push(3);
    host.repository("broken").commit();
    host.before = onRequest(/"name":"broken"|repos\/acme\/broken/, () => "502");
    const known = new Known();

    await expect(known.take(aCollector(host, organization))).rejects.toThrow(
      /acme\/broken could not be read completely/,
    );

    expect(known.events.has("repository acme/shop acme/shop")).toBe(true);
  });
});

describe("a repository", () => {
  it("that is empty is one without a head", async () => {
    const { host } = await aShop();

    expect(await only(host, "repository")).toMatchObject({ head: null, defaultBranch: null });
  });

  it("that was renamed goes on under the name it is known by, with a notice", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const known = await new Known().take(aCollector(host));
    shop.name = "store";
    host.moved.set("acme/shop", shop);
    const commit = shop.commit();

    const batches = await allBatches(aCollector(host), known.cursor);

    expect(notices(batches)).toEqual(["renamed"]);
    expect(batches.flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ kind: "commit", id: commit.sha, repository: "acme/shop" }),
    );
  });

  it("is read by a GitHub App, which gets its tokens itself", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" });
    const app = { id: 1, installation: 7, privateKey: pem };

    expect(await only(host, "repository", { token: undefined, app })).toMatchObject({ head: shop.head });
  });

  it("is not read by an app whose key is none, which is said in words", async () => {
    const { host } = await aShop();
    const app = { id: 1, installation: 7, privateKey: "hunter2" };

    const error: unknown = await allBatches(aCollector(host, { token: undefined, app }), null).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toBeInstanceOf(HostError);
    expect(error).toMatchObject({ reason: "auth", message: expect.stringContaining("private key cannot be used") });
  });

  it("that was archived, at a server that does not tell when, ended with its last push", async () => {
    const { host, shop } = await aShop();
    host.lacks.add("Repository.archivedAt");
    shop.commit();
    shop.isArchived = true;

    expect((await only(host, "repository")).archivedAt).toBe(shop.now);
  });

  it("that nobody can see any more is an error that says so, and that its history is kept", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const known = await new Known().take(aCollector(host));
    host.repositories.pop();

    const error: unknown = await allBatches(aCollector(host), known.cursor).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(HostError);
    expect(error).toMatchObject({ reason: "not-found", message: expect.stringMatching(/deleted.*private.*kept/) });
  });

  it("whose runs the token may not read is read without them, with a notice", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    host.before = onRequest(/actions\/runs/, () => "403");

    const batches = await allBatches(aCollector(host), null);

    expect(notices(batches)).toEqual(["no-runs"]);
    expect(batches.flatMap(({ events }) => events).map(({ kind }) => kind)).toContain("commit");
  });

  it("whose history was replaced is read anew", async () => {
    const { host, shop } = await aShop();
    shop.push(3);
    const known = await new Known().take(aCollector(host));
    shop.commits.clear();
    shop.head = null;
    shop.push(2);

    await known.take(aCollector(host));

    expect(known.events.get("repository acme/shop acme/shop")).toMatchObject({ head: shop.head });
    expect(known.events.has(`commit acme/shop ${nth(shop.commits.keys(), 0)}`)).toBe(true);
  });

  it("keeps its key when another one of the same owner is added to the configuration", () => {
    const host = { url: "https://github.test/api/v3" } as Parameters<typeof aCollector>[0];

    const [one, two] = [["acme/shop"], ["acme/shop", "acme/api"]].map((repositories) =>
      aCollector(host, { repositories }),
    );

    expect(one?.source).toBe(two?.source);
  });

  it("has another key in a source of another name, so that two of one owner are kept apart", () => {
    const host = { url: "https://github.test/api/v3" } as Parameters<typeof aCollector>[0];

    const [plain, named] = [{}, { name: "Payments" }].map((has) => aCollector(host, has));

    expect([plain?.name, named?.name]).toEqual(["acme on github.test", "Payments"]);
    expect(plain?.source).not.toBe(named?.source);
  });
});
