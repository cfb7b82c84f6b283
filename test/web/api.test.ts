import { describe, expect, it, vi } from "vitest";

import { ask, tell } from "#web/api.ts";

/** A network that fails so many times before it answers. */
function aNetwork(failures: number) {
  const fetched = vi.fn(async () => Response.json({ kind: "open" }));
  for (let time = 0; time < failures; time++) fetched.mockRejectedValueOnce(new TypeError("fetch failed"));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("window", new EventTarget());
  return fetched;
}

describe("what does not get through", () => {
  it("is asked once more, since a connection may have ended just then", async () => {
    const fetched = aNetwork(1);

    expect(await ask("/api/me", {}, new AbortController().signal)).toEqual({ kind: "open" });
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("is a server that does not answer when that fails, too", async () => {
    const fetched = aNetwork(2);
    const told = vi.fn();
    window.addEventListener("headway-unreachable", told);

    await expect(ask("/api/me", {}, new AbortController().signal)).rejects.toThrow("does not answer");
    expect(fetched).toHaveBeenCalledTimes(2);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it("is not asked once more when nobody waits for it", async () => {
    const fetched = aNetwork(2);
    const abort = new AbortController();
    const asked = ask("/api/me", {}, abort.signal);
    abort.abort();

    await expect(asked).rejects.toThrow();
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("is not done twice where something is to be done", async () => {
    const fetched = aNetwork(1);

    await expect(tell("/api/logout", {})).rejects.toThrow("does not answer");
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
