/** Below another path than the root: a proxy may take the path of `url` away before it asks, or leave it to us. */
import type { RequestHandler } from "express";
import type { Installation } from "./installation.ts";

/** "/headway" of `https://tools.example/headway/`; "" at the root. */
function basePath(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).pathname.replace(/\/+$/, "");
}

/** Pages find everything beside them, so the path itself must end with a slash. */
export function withoutBasePath(installation: Installation): RequestHandler {
  return (request, response, next) => {
    const base = basePath(installation.config.url); // it may change while this runs
    const [path = "", query] = request.url.split("?");
    if (base === "" || (path !== base && !path.startsWith(`${base}/`))) return next();
    if (path === base) {
      const name = base.slice(base.lastIndexOf("/") + 1);
      return response.redirect(307, `${name}/${query === undefined ? "" : `?${query}`}`);
    }
    request.url = request.url.slice(base.length);
    next();
  };
}
