import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { HostError } from "#collectors/collector.ts";
import { statusOf } from "#collectors/polite/index.ts";
import { aHost, fine, html, json, reset, resetInTheMiddle, silence, silenceInTheMiddle, truncated } from "./host.ts";

const timeout = {
  errors: [{ message: "Something went wrong while executing your query. This may be the result of a timeout." }],
};

describe("asks again after", () => {
  it.each([
    ["a broken connection", reset],
    ["a connection that broke in the middle", resetInTheMiddle],
    ["half an answer", truncated],
    ["a web page instead of data", html],
    ["an answer of 502", json({ message: "Server Error" }, {}, 502)],
    ["a 403 without a reason, as from something in between", json({ message: "Server Error" }, {}, 403)],
  ])("%s", async (_, answer) => {
    const host = await aHost(answer, answer, fine);

    const response = await host.polite()(host.url);

    expect(await response.json()).toEqual({ fine: true });
    expect(host.asked).toHaveLength(3);
  });

  it.each([
    ["silence", silence],
    ["silence in the middle of an answer", silenceInTheMiddle],
  ])("%s", async (_, answer) => {
    const host = await aHost(answer, fine);

    const response = await host.polite({ patience: 50 })(host.url);

    expect(await response.json()).toEqual({ fine: true });
  });

  it("a GraphQL query that could not be finished", async () => {
    const host = await aHost(json(timeout), fine);

    await host.polite()(`${host.url}/graphql`, { method: "POST", body: "{}" });

    expect(host.asked).toHaveLength(2);
  });
});

describe("waits between tries", () => {
  it("longer each time, by chance up to a bound", async () => {
    const host = await aHost(reset, reset, reset, fine);

    await host.polite()(host.url);

    expect(host.naps).toEqual([250, 500, 1000]);
  });

  it("without telling people, for whom it is too short", async () => {
    const host = await aHost(reset, fine);

    await host.polite()(host.url);

    expect(host.waits).toEqual([]);
  });
});

describe("gives up", () => {
  it("after many tries, and says what happened, that nothing is lost and what to do", async () => {
    const host = await aHost(json({}, {}, 503));

    const error = await failure(host.polite()(`${host.url}/repos/acme/shop?secret=1`));

    expect(host.asked).toHaveLength(8);
    expect(error.reason).toBe("unavailable");
    expect(error.message).toMatch(
      /^GitHub answered 503 each of the last 8 times .*\/repos\/acme\/shop\. .* is kept\. /,
    );
    expect(error.message).not.toContain("secret");
  });

  it("earlier where the caller can ask for less", async () => {
    const host = await aHost(json({}, {}, 502));

    await failure(host.polite()(host.url, { tries: 2 }));

    expect(host.asked).toHaveLength(2);
  });

  it("at once when the token is not accepted, which is never asked again", async () => {
    const host = await aHost(json({ message: "Bad credentials" }, {}, 401));

    const error = await failure(host.polite()(host.url, { headers: { authorization: "token t-secret" } }));

    expect(host.asked).toHaveLength(1);
    expect(error.reason).toBe("auth");
    expect(statusOf(error)).toBe(401);
    expect(`${error.message} ${String(error.cause)}`).not.toContain("t-secret");
  });

  it("with the address that authorises the token for single sign-on", async () => {
    const sso = "required; url=https://github.com/orgs/acme/sso?authorization_request=abc";
    const host = await aHost(
      json({ message: "Resource protected by organization SAML enforcement." }, { "x-github-sso": sso }, 403),
    );

    const error = await failure(host.polite()(host.url));

    expect(error.reason).toBe("auth");
    expect(error.message).toContain("Open https://github.com/orgs/acme/sso?authorization_request=abc and authorise it");
  });

  it("with the permission that a token lacks", async () => {
    const needed = { "x-accepted-github-permissions": "actions=read" };
    const host = await aHost(json({ message: "Resource not accessible by personal access token" }, needed, 403));

    const error = await failure(host.polite()(host.url));

    expect(host.asked).toHaveLength(1);
    expect(error.message).toContain("It needs one of: actions=read.");
  });

  it("when a 403 without a reason stays", async () => {
    const host = await aHost(json({ message: "Repository access blocked" }, {}, 403));

    const error = await failure(host.polite()(host.url));

    expect(host.asked).toHaveLength(4);
    expect(statusOf(error)).toBe(403);
  });

  it.each([404, 410, 451])("when there is nothing (%i)", async (status) => {
    const host = await aHost(json({ message: "Not Found" }, {}, status));

    const error = await failure(host.polite()(host.url));

    expect(error.reason).toBe("not-found");
    expect(statusOf(error)).toBe(status);
  });
});

describe("hands over", () => {
  it("an answer whole, with its status and headers", async () => {
    const host = await aHost(json([1, 2], { link: '<x>; rel="next"' }));

    const response = await host.polite()(host.url);

    expect([response.status, response.headers.get("link"), await response.text()]).toEqual([
      200,
      '<x>; rel="next"',
      "[1,2]",
    ]);
  });

  it("that nothing has changed", async () => {
    const host = await aHost((response) => response.writeHead(304).end());

    const response = await host.polite()(host.url, { headers: { "if-none-match": '"x"' } });

    expect(response.status).toBe(304);
  });

  it("who is asking to the host, which refuses the nameless", async () => {
    const host = await aHost(fine);

    await host.polite()(host.url);

    expect(host.asked[0]?.agent).toBe("headway");
  });

  it("what was moved, from where it is now", async () => {
    const moved = (path: string) => (response: ServerResponse) => response.writeHead(301, { location: path }).end();
    const host = await aHost(moved("/repositories/1"), fine);

    const response = await host.polite()(`${host.url}/repos/acme/old`);

    expect(await response.json()).toEqual({ fine: true });
  });
});

describe("stops at once", () => {
  it("while it waits for an answer", async () => {
    const host = await aHost(silence);
    const controller = new AbortController();
    const asking = host.polite({ signal: controller.signal })(host.url);

    setTimeout(() => controller.abort(new Error("stop")), 20);

    await expect(asking).rejects.toThrow("stop");
  });

  it("while it sleeps", async () => {
    const host = await aHost(json({}, { "retry-after": 3600 }, 429));
    const controller = new AbortController();
    const asking = host.polite({ signal: controller.signal, effects: {} })(host.url);

    setTimeout(() => controller.abort(new Error("stop")), 50);

    await expect(asking).rejects.toThrow("stop");
  });
});

async function failure(asking: Promise<unknown>): Promise<HostError> {
  const error: unknown = await asking.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HostError);
  return error as HostError;
}
