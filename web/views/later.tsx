import type { ComponentType } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Opening } from "../shell/opening.tsx";
import type { Page } from "./view.ts";

interface Props {
  readonly title: string;
  /** Fetches the code of the page. */
  readonly load: () => Promise<ComponentType<Page>>;
  readonly page: Page;
}

/** A page whose code comes when it is looked at, so that the first page stays light. */
export function Later({ title, load, page }: Props) {
  const [found, find] = useState<{ readonly Shown: ComponentType<Page> } | "missing" | null>(null);
  useLayoutEffect(() => {
    load().then(
      (Shown) => find({ Shown }),
      () => find("missing"),
    );
  }, []);

  if (found === "missing")
    return (
      <Notice level="warning" title="This page could not be loaded.">
        <p>
          Is Headway still running? Start it with <code>npm start</code> and load this page again.
        </p>
      </Notice>
    );
  if (found !== null) return <found.Shown {...page} />;
  return (
    <>
      <Opening title={title} sentence={null} />
      <Skeleton label={`Loading ${title.toLowerCase()}`} kind="row" count={12} />
    </>
  );
}
