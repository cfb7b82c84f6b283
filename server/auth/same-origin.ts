/**
 * What changes something comes from this dashboard's own pages, or from a program that is no page: browsers say where a request comes
 * from and let no page choose what they say, and a JSON body is one that no form of another site can send.
 */
import type { Request } from "express";
import { Refused } from "../answers/problem.ts";
import { isHere } from "../here.ts";

/** @throws Refused */
export function refuseOtherPages(request: Request): void {
  if (!isSameOrigin(request))
    throw new Refused(
      403,
      "Only from the dashboard",
      `Another page asked for this. If it was you, do it on a page of the dashboard itself.${otherName(request)}`,
    );
  if (request.is("application/json") !== "application/json")
    throw new Refused(
      415,
      "Only JSON",
      "The body must be JSON, and the header `content-type: application/json` say so.",
    );
}

/** Where nobody can log in, what changes something is for whoever sits at this machine. @throws Refused */
export function refuseElsewhere(request: Request): void {
  if (isHere(request)) return;
  const port = request.socket.localPort;
  throw new Refused(
    403,
    "Only from this machine",
    `Nobody can log in yet, so Headway takes this from the machine it runs on and from no other. Open the dashboard there, or through \`ssh -L ${port}:127.0.0.1:${port}\`; or let people log in: \`headway user add --name NAME --role admin\`.`,
  );
}

/** A proxy that changes `Host` makes the dashboard's own page look like another one. */
function otherName({ headers }: Request): string {
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !/^https?:\/\/[\w.:[\]-]{1,200}$/.test(origin)) return "";
  return ` The browser says that the page is of ${origin}, and the request names the host ${host}: a proxy in between must let \`Host\` pass as it came.`;
}

/** Programs that say nothing are no page. Behind a proxy that is trusted, the host is the one that it was asked for. */
function isSameOrigin(request: Request): boolean {
  const { headers } = request;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const { origin } = headers;
  const hosts = [headers.host, request.host];
  return origin === undefined || hosts.some((host) => origin === `http://${host}` || origin === `https://${host}`);
}
