import "./sources.css";

import { useMay } from "../access/me.ts";
import { Go } from "../design/go.tsx";
import { Journal } from "../judgements/journal.tsx";
import { DataQuality } from "../overview/quality.tsx";
import { Opening } from "../shell/opening.tsx";
import type { Status } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { isPartial } from "../words.ts";
import { Rules } from "./rules.tsx";
import { Services } from "./services.tsx";
import { SourceCard } from "./source-card.tsx";
import { SyncLog } from "./sync-log.tsx";
import { SyncNow } from "./sync-now.tsx";
import { dataSentence } from "./words.ts";
import { Wizard } from "../connect/wizard.tsx";

interface Props {
  readonly page: Page;
  readonly status: Status;
}

/** Where the numbers come from, how fresh they are, what is missing, and how to connect more. */
export function DataPage({ page: { search, watch, scopes }, status }: Props) {
  // Of all metrics: data quality looks at what they are made of.
  const measures = useReply("/api/measures", {}, watch.revision);
  const mayConnect = useMay("/api/connect");
  const host = new URLSearchParams(search).get("connect");
  return (
    <>
      <Opening title="Data" sentence={dataSentence(status)} isPartial={isPartial(status)} />
      {host === null || !mayConnect ? (
        <div class="actions">
          <SyncNow status={status} />
          {mayConnect && (
            <Go to="data?connect=github" class="button">
              Connect GitHub / GitLab
            </Go>
          )}
        </div>
      ) : (
        <Wizard first={host === "gitlab" ? "gitlab" : "github"} zone={status.zone} />
      )}
      <section class="section">
        <h2>Sources</h2>
        <div class="sources">
          {status.sources.map((source) => (
            <SourceCard key={source.source} source={source} status={status} />
          ))}
        </div>
      </section>
      <Services services={status.services} zone={status.zone} />
      <Rules services={status.services} zone={status.zone} revision={watch.revision} />
      <DataQuality quality={measures.reply?.quality ?? []} />
      <Journal status={status} scopes={scopes} revision={watch.revision} />
      <SyncLog status={status} />
    </>
  );
}
