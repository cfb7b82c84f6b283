/** From a name in the configuration to the repository it means today. */
import { z } from "zod";
import { HostError } from "../collector.ts";
import type { Notice } from "../collector.ts";
import type { Client } from "./client.ts";
import type { Fields } from "./fields.ts";
import { glance } from "./glance.ts";
import type { Glance } from "./glance.ts";

export interface Target {
  readonly glance: Glance;
  readonly notices: readonly Notice[];
}

const Renamed = z.object({ full_name: z.string() });

export async function find(client: Client, fields: Fields, configured: string): Promise<Target> {
  const seen = await lookAt(client, fields, configured);
  const notices: Notice[] = [];
  if (seen.nameWithOwner.toLowerCase() !== configured.toLowerCase())
    notices.push(renamed(configured, seen.nameWithOwner));
  return { glance: seen, notices };
}

/** GraphQL does not always follow a renamed repository; REST does. */
async function lookAt(client: Client, fields: Fields, configured: string): Promise<Glance> {
  try {
    return await glance(client, fields, ...parts(configured));
  } catch (error) {
    if (!(error instanceof HostError) || error.reason !== "not-found") throw error;
    const { data } = await client.get(`/repos/${configured}`, Renamed);
    if (data.full_name.toLowerCase() === configured.toLowerCase()) throw error;
    return glance(client, fields, ...parts(data.full_name));
  }
}

function parts(fullName: string): [owner: string, name: string] {
  const [owner = "", name = ""] = fullName.split("/");
  return [owner, name];
}

function renamed(configured: string, now: string): Notice {
  return {
    level: "warning",
    code: "renamed",
    message: `${configured} is now called ${now} (renamed or transferred). Its history goes on under the old name; write the new one in the configuration, because GitHub forgets the old one when somebody else takes it.`,
  };
}
