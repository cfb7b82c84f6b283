/** What a page of Chromium holds in memory after everything that nobody needs any more is thrown away. */
import type { CDPSession } from "playwright-core";
import { z } from "zod";

export interface Held {
  readonly nodes: number;
  readonly listeners: number;
  /** Bytes of objects, texts, lists and functions: what grows without an end where something of a page is kept. */
  readonly data: number;
  /** Bytes of compiled code and of what the engine learnt about it, which grow while code becomes hot and then no more. */
  readonly code: number;
}

const DATA = new Set(["object", "array", "string", "concatenated string", "sliced string", "closure", "number"]);

const Snapshot = z.object({
  snapshot: z.object({
    meta: z.object({ node_fields: z.array(z.string()), node_types: z.tuple([z.array(z.string())], z.unknown()) }),
  }),
  nodes: z.array(z.number()),
});

export async function heldBy(session: CDPSession): Promise<Held> {
  await session.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners: listeners } = await session.send("Memory.getDOMCounters");
  const { snapshot, nodes: numbers } = Snapshot.parse(JSON.parse(await snapshotOf(session)));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf("type"), fields.indexOf("self_size")];
  let [data, code] = [0, 0];
  for (let at = 0; at < numbers.length; at += fields.length) {
    const kind = types[0][numbers[at + type] ?? -1] ?? "";
    if (DATA.has(kind)) data += numbers[at + size] ?? 0;
    if (kind === "code") code += numbers[at + size] ?? 0;
  }
  return { nodes, listeners, data, code };
}

async function snapshotOf(session: CDPSession): Promise<string> {
  const chunks: string[] = [];
  const add = ({ chunk }: { readonly chunk: string }): unknown => chunks.push(chunk);
  session.on("HeapProfiler.addHeapSnapshotChunk", add);
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  session.off("HeapProfiler.addHeapSnapshotChunk", add);
  return chunks.join("");
}
