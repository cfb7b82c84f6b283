/** The one file that all pages of the dashboard are, with links to what the page that is asked for will need: a browser fetches it while it still reads the scripts that would ask. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RequestHandler } from "express";
import { z } from "zod";
import { Refused } from "./answers/problem.ts";
import { askedFirst } from "./asked-first.ts";
import type { Access } from "./auth/access.ts";
import { whoAsks } from "./auth/access.ts";
import { sightOf } from "./auth/sight.ts";
import type { Installation } from "./installation.ts";

const Written = z.record(z.string(), z.array(z.string()));

/** Scripts and styles of each page whose code is fetched when it is looked at, written by the build. */
type Parts = ReadonlyMap<string, readonly string[]>;

/** @param webRoot the built dashboard. Who may not look is linked to nothing that they would be refused. */
export function frontPage(installation: Installation, webRoot: string, access: Access): RequestHandler {
  return async (request, response) => {
    const [page, parts, who] = await Promise.all([read(webRoot), partsIn(webRoot), whoAsks(access, request)]);
    const isIn = who.kind === "open" || who.kind === "person";
    const sight = sightOf(who, installation.config);
    const may = (question: string) => sight === null || sight.mayAsk(question.replace(/\?.*/s, ""));
    const name = request.path.slice(1);
    const asked = isIn ? askedFirst(name, new URLSearchParams(request.url.split("?")[1])).filter(may) : [];
    const links = [
      ...(parts.get(name) ?? []).map((file) =>
        file.endsWith(".css")
          ? `<link rel="preload" crossorigin href="./${file}" as="style" />`
          : `<link rel="modulepreload" crossorigin href="./${file}" />`,
      ),
      ...asked.map(
        (question) => `<link rel="preload" href=".${inHtml(question)}" as="fetch" crossorigin="anonymous" />`,
      ),
    ];
    response.set("Cache-Control", "no-cache").vary("Cookie").type("html");
    response.send(page.replace("</head>", () => `${links.join("")}</head>`));
  };
}

function inHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** @throws Refused when there is no dashboard. */
async function read(webRoot: string): Promise<string> {
  try {
    return await readFile(join(webRoot, "index.html"), "utf8");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    throw new Refused(404, "There is no dashboard", "It was not built. Run `npm run build`, and load this page again.");
  }
}

/** None where the dashboard was built without. */
async function partsIn(webRoot: string): Promise<Parts> {
  try {
    return new Map(Object.entries(Written.parse(JSON.parse(await readFile(join(webRoot, "pages.json"), "utf8")))));
  } catch {
    return new Map();
  }
}
