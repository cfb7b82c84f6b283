import { useEffect, useRef, useState } from "preact/hooks";

import { Go } from "../design/go.tsx";
import type { Connected, Probed } from "../types.ts";
import { ChooseStep } from "./choose-step.tsx";
import type { Choice } from "./choose-step.tsx";
import type { Host } from "./hosts.ts";
import { ReviewStep } from "./review-step.tsx";
import { SavedStep } from "./saved-step.tsx";
import { TokenStep } from "./token-step.tsx";

type Step =
  | { readonly at: "token" }
  | { readonly at: "choose"; readonly probed: Probed; readonly choice: Choice }
  | { readonly at: "review"; readonly probed: Probed; readonly choice: Choice; readonly preview: Connected }
  | { readonly at: "saved"; readonly reply: Connected };

const TITLES: Record<Step["at"], string> = {
  token: "Connect GitHub / GitLab, 1 of 3: how Headway is let in",
  choose: "Connect, 2 of 3: what to collect",
  review: "Connect, 3 of 3: what is written",
  saved: "Connected",
};

const NOTHING_CHOSEN: Choice = { owner: null, repositories: [], production: "" };

/** From a token or an app to a source, in three steps. A token leaves the page with the first one and does not come back. */
export function Wizard({ first, zone }: { readonly first: Host; readonly zone: string }) {
  const [host, setHost] = useState(first);
  const [step, go] = useState<Step>({ at: "token" });
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [step.at]);
  return (
    <section class="section" aria-labelledby="connect-title">
      <div class="card-head">
        <h2 id="connect-title" ref={title} tabIndex={-1}>
          {TITLES[step.at]}
        </h2>
        <Go to="data" class="small">
          {step.at === "saved" ? "Done" : "Cancel"}
        </Go>
      </div>
      <div class="panel wizard">{body()}</div>
    </section>
  );

  function body() {
    switch (step.at) {
      case "token":
        return (
          <TokenStep
            host={host}
            onHost={setHost}
            onProbed={(probed) => go({ at: "choose", probed, choice: NOTHING_CHOSEN })}
          />
        );
      case "choose":
        return (
          <ChooseStep
            host={host}
            probed={step.probed}
            first={step.choice}
            zone={zone}
            onBack={() => go({ at: "token" })}
            onChosen={(choice, preview) => go({ at: "review", probed: step.probed, choice, preview })}
          />
        );
      case "review":
        return (
          <ReviewStep
            held={step.probed.held}
            choice={step.choice}
            preview={step.preview}
            onBack={() => go({ at: "choose", probed: step.probed, choice: step.choice })}
            onSaved={(reply) => go({ at: "saved", reply })}
          />
        );
      case "saved":
        return <SavedStep reply={step.reply} />;
    }
  }
}
