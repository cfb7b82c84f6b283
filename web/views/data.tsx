import { useEffect, useState } from "preact/hooks";

import type { DataPage } from "../sources/page.tsx";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Opening } from "../shell/opening.tsx";
import type { Page, View } from "./view.ts";

export const data: View = {
  path: "data",
  title: "Data",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: Data,
};

/** Looked at now and then, so its code comes only then. */
function Data(page: Page) {
  const [found, find] = useState<{ readonly DataPage: typeof DataPage } | "missing" | null>(null);
  useEffect(() => {
    import("../sources/page.tsx").then(find, () => find("missing"));
  }, []);

  if (found === "missing")
    return (
      <Notice level="warning" title="This page could not be loaded.">
        <p>
          Is Headway still running? Start it with <code>npm start</code> and load this page again.
        </p>
      </Notice>
    );
  if (found === null || page.watch.status === null) return <Loading />;
  return <found.DataPage page={page} status={page.watch.status} />;
}

function Loading() {
  return (
    <>
      <Opening title="Data" sentence={null} />
      <Skeleton label="Loading the sources" kind="panel" count={2} />
    </>
  );
}
