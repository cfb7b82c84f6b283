import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

import { App } from "../app.tsx";
import { Notice } from "../design/notice.tsx";
import { Looking, useMe, wasIn } from "./me.ts";

/** Lets in who may see something, and asks the others who they are. */
export function Gate() {
  const { me, again } = useMe();
  const [shared, open] = useState(() => /^#share=([\w-]+)$/.exec(window.location.hash)?.[1] ?? null);
  if (shared !== null)
    return (
      <Outside
        which="Shared"
        code={shared}
        onIn={() => {
          open(null);
          again();
        }}
      />
    );
  if (isAt("welcome")) return <Outside which="Welcome" onIn={() => window.location.replace("./")} />;
  if (isAt("signed-in")) return <Outside which="SignedIn" onIn={() => window.location.replace("./")} />;
  if (me === null && !wasIn()) return null;
  if (me !== null && me !== "unreachable" && me.kind === "nobody")
    return <Outside which={me.isVacant ? "First" : "Login"} provider={me.provider} onIn={again} />;
  return (
    <Looking.Provider value={me === "unreachable" ? null : me}>
      <App />
    </Looking.Provider>
  );
}

function isAt(page: string): boolean {
  return window.location.pathname.endsWith(`/${page}`);
}

interface Props {
  readonly which: "Login" | "First" | "Welcome" | "Shared" | "SignedIn";
  /** What a link is opened with. */
  readonly code?: string;
  /** By what else somebody can log in. */
  readonly provider?: string | null;
  readonly onIn: () => void;
}

interface Given {
  readonly onIn: () => void;
  readonly code: string;
  readonly provider: string | null;
}

/** Most people are in already, so the code of these pages comes only to the others. */
function Outside({ which, onIn, code = "", provider = null }: Props) {
  const [pages, find] = useState<Record<Props["which"], ComponentType<Given>> | "missing" | null>(null);
  useEffect(() => {
    import("./outside.tsx").then(find, () => find("missing"));
  }, []);
  if (pages === null) return null;
  if (pages === "missing") return <Notice level="warning" title="This page could not be loaded. Load it again." />;
  const Shown = pages[which];
  return <Shown onIn={onIn} code={code} provider={provider} />;
}
