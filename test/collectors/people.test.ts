import { describe, expect, it } from "vitest";
import { authorOf } from "#collectors/git/actors.ts";
import type { Handle, Identities } from "#collectors/people.ts";
import { peopleOf, samePerson } from "#collectors/people.ts";

function aHandle(handle: Partial<Handle>): Handle {
  return { identity: "somebody", called: [], shown: [], kind: "human", ...handle };
}

function people(identities: Partial<Identities> = {}) {
  const pseudonym = (identity: string) => `someone like ${identity}`;
  return peopleOf({ pseudonym, identities: { people: [], bots: [], agents: [], ...identities } });
}

const ada = { people: [["Ada@Example.com", "ada", "ada-admin", "github.com/lovelace"]] };

describe("a person with several names", () => {
  it.each([
    ["a login", { identity: "ada@github.com", called: ["ada"] }],
    ["a login in another case", { identity: "ada-admin@github.com", called: ["ADA-Admin"] }],
    ["an address in another case", authorOf("Ada", "ADA@example.COM")],
    ["a login on the one host that is meant", { identity: "7", called: ["lovelace", "github.com/lovelace"] }],
    ["the address that GitHub gives to a login", authorOf("Ada", "12+ada@users.noreply.github.com")],
    ["the address that GitHub gave to it long ago", authorOf("Ada", "ada-admin@users.noreply.github.com")],
    ["the address that GitLab gives to a login", authorOf("Ada", "12-ada@users.noreply.gitlab.com")],
    ["a name, where there is no address", authorOf("ada", "")],
  ])("is one pseudonym under %s", (_name, handle) => {
    expect(people(ada).person(aHandle(handle)).author).toBe("someone like ada@example.com");
  });

  it.each([
    [
      "a login elsewhere that is meant on one host",
      { identity: "7", called: ["lovelace", "gitlab.com/lovelace"] },
      "7",
    ],
    ["a login that only begins alike", { identity: "adam", called: ["adam"] }, "adam"],
    ["a name with another address", authorOf("ada", "ada@elsewhere.org"), "ada@elsewhere.org"],
    [
      "a number in front of a login of GitHub",
      authorOf("", "12-ada@users.noreply.github.com"),
      "12-ada@users.noreply.github.com",
    ],
  ])("is not %s", (_name, handle, identity) => {
    const { author } = people(ada).person(aHandle(handle));

    expect(author).toBe(`someone like ${identity}`);
  });

  it("stays who they are when one more name is listed at the end", () => {
    const more = { people: [["Ada@Example.com", "ada", "countess"]] };
    const address = authorOf("Ada", "ada@example.com");

    expect(people(more).person(address)).toEqual(people(ada).person(address));
    expect(people(more).person(address)).toEqual(people().person(address));
  });

  it("is one person with themselves; who is unknown is one with nobody", () => {
    const { person } = people(ada);
    const account = (login: string) => person(aHandle({ identity: `${login}@github.com`, called: [login] }));
    const nobody = person(aHandle({ identity: "" }));

    expect(samePerson(account("ada"), account("ada-admin"))).toBe(true);
    expect(samePerson(account("ada"), account("bob"))).toBe(false);
    expect(samePerson(nobody, nobody)).toBe(false);
  });
});

describe("a pattern of the configuration", () => {
  const kindOf = (shown: readonly string[], identities: Partial<Identities>, kind: Handle["kind"] = "human") =>
    people(identities).person(aHandle({ shown, kind })).authorKind;

  it.each([
    ["a login", ["acme-deployer", "Deployments", ""]],
    ["a name", ["x17", "ACME Deployer", ""]],
    ["an address", ["x17", "", "acme-deployer@example.com"]],
  ])("makes a bot by %s, in any case", (_name, shown) => {
    expect(kindOf(shown, { bots: ["^acme.deployer"] })).toBe("bot");
    expect(kindOf(shown, { agents: ["^acme.deployer"] })).toBe("agent");
  });

  it("says more than the host does, and an agent is no bot", () => {
    const both = { bots: ["acme"], agents: ["acme-coder"] };

    expect(kindOf(["acme-coder"], both, "bot")).toBe("agent");
    expect(kindOf(["acme-robot"], both, "agent")).toBe("bot");
    expect(kindOf(["dependabot[bot]"], both, "bot")).toBe("bot");
  });

  it("matches nobody who shows nothing, and changes no pseudonym", () => {
    const everybody = { bots: [".*"] };

    expect(kindOf(["", ""], everybody)).toBe("human");
    expect(people(everybody).person(aHandle({})).author).toBe("someone like somebody");
  });
});

describe("the version of who is who", () => {
  it("is empty where nothing is configured, and another one for each other configuration", () => {
    const versions = [{}, ada, { bots: ["acme"] }, { agents: ["acme"] }, { bots: ["acme", "deployer"] }].map(
      (identities) => people(identities).version,
    );

    expect(versions[0]).toBe("");
    expect(new Set(versions).size).toBe(versions.length);
    expect(people(ada).version).toBe(people(ada).version);
  });
});
