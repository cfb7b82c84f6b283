/** The paths by which programs push. */
import { createHash } from "node:crypto";
import type { Request, Router } from "express";
import express from "express";
import { AlertBody, readAlert } from "#collectors/push/alert.ts";
import { DeploymentBody, readDeployment } from "#collectors/push/deployment.ts";
import { Unacceptable } from "#collectors/push/fields.ts";
import { IncidentBody, readIncident } from "#collectors/push/incident.ts";
import type { WritePath, Written } from "../contract.ts";
import type { ConfiguredSource } from "../installation.ts";
import type { Paces } from "./access.ts";
import { only, refuseStranger } from "./access.ts";
import type { Nudge } from "./nudges.ts";
import { LARGEST, LARGEST_HOOK, onError } from "./problems.ts";
import type { Pushing, Receipt } from "./receive.ts";
import { STRUCTURED, receive, receiveCDEvent } from "./receive.ts";
import { GitHubHook, GitLabHook, reads, signedFor, tokenFor } from "./webhooks.ts";

/** The door has let in those who bring a token. */
export function pushRoutes(pushing: Pushing, pace: Paces): Router {
  const router = express.Router();
  const { installation, nudge } = pushing;
  const body = express.json({ limit: LARGEST, type: () => true, strict: false });
  const raw = express.raw({ limit: LARGEST_HOOK, type: () => true });
  const push = (path: WritePath, types: readonly string[], answer: (request: Request) => Promise<Receipt>) =>
    router.post(path, only(types), body, async (request, response) => {
      const receipt = await answer(request);
      response.status(receipt.result === "new" ? 201 : 200).json(receipt);
    });
  const hook = (path: WritePath, allowed: (request: Request) => readonly ConfiguredSource[], about: About) =>
    router.post(path, only(["application/json"]), raw, async (request, response) => {
      const sources = allowed(request);
      if (sources.length === 0) return refuseStranger(response, pace.strangers, HOOK_REFUSAL);
      const repository = about(parsed(request));
      const { store, now } = installation;
      if (!(await store.takeDelivery(deliveryOf(path, bytes(request)), now()))) return void response.json(AGAIN);
      response.json(nudged(sources, repository, nudge));
    });

  push("/api/deployments", ["application/json"], async (request) =>
    receive(pushing, request, { schema: DeploymentBody, read: readDeployment }),
  );
  push("/api/incidents", ["application/json"], async (request) =>
    receive(pushing, request, { schema: IncidentBody, read: readIncident }),
  );
  push("/api/alerts", ["application/json"], async (request) =>
    receive(pushing, request, { schema: AlertBody, read: readAlert }),
  );
  push("/api/cdevents", ["application/json", STRUCTURED], async (request) => receiveCDEvent(pushing, request));
  hook(
    "/api/webhooks/github",
    (request) => signedFor(installation.sources, bytes(request), request.get("x-hub-signature-256")),
    (hooked) => GitHubHook.safeParse(hooked).data?.repository?.full_name ?? null,
  );
  hook(
    "/api/webhooks/gitlab",
    (request) => tokenFor(installation.sources, request.get("x-gitlab-token")),
    (hooked) => GitLabHook.safeParse(hooked).data?.project?.path_with_namespace ?? null,
  );
  router.use(onError);
  return router;
}

/** Which repository a webhook is about; `null` when it is about none. */
type About = (hooked: unknown) => string | null;

/** Known by what it says, since only that is signed: an id in a header could be another one each time. */
function deliveryOf(path: WritePath, body: Buffer): string {
  return createHash("sha256").update(path).update("\n").update(body).digest("hex");
}

const AGAIN = { syncing: [], note: "This very webhook came before, so nothing is done." };

const HOOK_REFUSAL =
  "No source accepts this: give the source a `webhookSecret` in the configuration, and the webhook the same secret.";

function bytes({ body }: Request): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function parsed(request: Request): unknown {
  try {
    const hooked: unknown = JSON.parse(bytes(request).toString("utf8"));
    return hooked;
  } catch {
    throw new Unacceptable([{ field: "body", reason: "This is no JSON." }]);
  }
}

function nudged(
  sources: readonly ConfiguredSource[],
  repository: string | null,
  nudge: Nudge,
): Written<"/api/webhooks/github"> {
  const found = sources.filter((source) => reads(source, repository));
  for (const { collector } of found) nudge(collector.source);
  const note = found.length === 0 ? `No source reads ${repository}, so there is nothing to sync.` : null;
  return { syncing: found.map(({ collector }) => collector.name), note };
}
