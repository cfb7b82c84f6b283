import { describe, expect, it } from "vitest";
import { LoginOptions } from "#config/login.ts";
import { findLogin } from "#server/cli/login-findings.ts";
import { anInstallation } from "#test/support/installation.ts";
import { aLiar, aProvider, CLIENT } from "#test/support/provider.ts";

const ADA = { id: "ada", claims: { groups: ["staff"] } };

async function found(issuer: string, url = "https://headway.example") {
  const { config, now } = await anInstallation({ collectors: [] });
  const login = LoginOptions.parse({ name: "Acme ID", issuer, clientId: CLIENT.id, others: "viewer" });
  return findLogin({ config: { ...config, login, url }, now });
}

describe("headway check", () => {
  it("says that the provider answers", async () => {
    const { issuer } = await aProvider(ADA);

    expect(await found(issuer)).toEqual([{ level: "fine", about: "login: Acme ID", message: `${issuer} answers` }]);
  });

  it("says which address is not registered there", async () => {
    const { issuer } = await aProvider(ADA);

    expect(await found(issuer, "https://other.example/headway")).toMatchObject([
      { level: "fine" },
      { level: "broken", message: expect.stringContaining("exactly: https://other.example/headway/signed-in") },
    ]);
  });

  it("says that nobody answers, or another one", async () => {
    const liar = await aLiar();
    liar.lies = { metadata: { issuer: "https://evil.example" } };

    expect(await found("http://127.0.0.1:65534")).toMatchObject([
      { level: "broken", message: expect.stringContaining("cannot be reached") },
    ]);
    expect(await found(liar.issuer)).toMatchObject([
      { level: "broken", message: expect.stringContaining("calls themselves otherwise") },
    ]);
  });

  it("says nothing where nobody logs in that way", async () => {
    expect(await findLogin(await anInstallation({ collectors: [] }))).toEqual([]);
  });
});
