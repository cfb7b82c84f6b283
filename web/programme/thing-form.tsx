import "./programme.css";

import { useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Body, CommandReply } from "#server/contract.ts";

import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import type { Programme } from "../types.ts";
import { Asked } from "./asked.tsx";
import type { Draft, Edited, Editing } from "./desk.tsx";
import type { Entered, Part } from "./field.ts";
import { enteredOf, fieldsOf, keyOf, thingOf } from "./fields.ts";
import { FORMS, USUAL } from "./forms.ts";
import { mistakeIn, refusal } from "./mistakes.ts";
import type { Snapshots } from "./snapshots.ts";
import { TakingOut } from "./taking-out.tsx";

/** What became of a thing: `thing` as it is now, `null` where it was taken out. */
export interface Done {
  readonly kept: CommandReply<"/api/programme/set">;
  readonly thing: object | null;
  /** Whoever has many goes on with the next one. */
  readonly wantsNext: boolean;
}

interface Props {
  readonly edited: Edited;
  readonly editing: Pick<Editing, "drafts" | "draft" | "open">;
  readonly page: Programme;
  readonly snapshots: Snapshots;
  /** The day that it is. */
  readonly today: string;
  /** What the button that goes on says; `null`: there is nothing to go on with. */
  readonly next: string | null;
  readonly onDone: (done: Done) => void;
  readonly onCancel: () => void;
}

/** Asks for what can be said of one thing, and keeps it as a version of the programme. */
export function ThingForm({ edited, editing, page, snapshots, today, next, onDone, onCancel }: Props) {
  const { list, thing, given, title } = edited;
  const [before] = useState(editing.drafts.get(edited.place) ?? null);
  const [entered, enter] = useState<Entered>(() => {
    if (before !== null) return before.entered;
    const days = fieldsOf(list).filter(({ kind }) => kind === "day");
    const begun = Object.fromEntries(days.map(({ name }) => [name, today]));
    return thing === null ? { ...begun, ...USUAL[list], ...given } : enteredOf(list, thing);
  });
  const place = useFirstField();
  const signer = useSigner();
  const { actor } = signer;
  // Whoever opens another form meanwhile follows what was kept here, and finds nothing of it unkept.
  const { isBusy, problem, run } = useCommand("/api/programme/set", "always");
  const removal = useCommand("/api/programme/remove", "always");
  const [mistake, tell] = useState<string | null>(null);
  const follows = page.version?.version ?? null;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    const wantsNext = event.submitter instanceof HTMLButtonElement && event.submitter.name === "next";
    const wrong = mistakeIn(list, entered);
    tell(wrong);
    if (wrong !== null) return;
    signer.remember();
    const said = thingOf(list, entered, thing);
    // oxlint-disable-next-line no-unsafe-type-assertion -- the server says what is wrong with what was typed
    const change = { list, thing: said } as Body<"/api/programme/set">["change"];
    const instead = thing === null ? {} : { instead: keyOf(list, thing) };
    run({ change, ...instead, follows, actor }, (kept) => onDone({ kept, thing: said, wantsNext }));
  };
  const remove = (reason: string): void => {
    // Where nobody logged in, the form asks for a name, and for nothing else that a thing which goes would need.
    tell(actor.trim() === "" ? "Say who you are: the history keeps who took it out." : null);
    if (actor.trim() === "" || thing === null) return;
    signer.remember();
    const key = keyOf(list, thing);
    removal.run({ list, key, follows, reason, actor }, (kept) => onDone({ kept, thing: null, wantsNext: false }));
  };
  const refused = problem ?? removal.problem;
  const busy = isBusy || removal.isBusy;
  return (
    <section class="decide programme-form" aria-label={title} ref={place}>
      <h3>{title}</h3>
      <Unkept edited={edited} before={before} drafts={editing.drafts} onOpen={(draft) => editing.open(draft.edited)} />
      <form onSubmit={save}>
        {FORMS[list].map((part) => (
          <FormPart
            key={part.title}
            part={part}
            page={page}
            snapshots={snapshots}
            entered={entered}
            onEnter={(name, value) =>
              enter((was) => {
                const now = { ...was, [name]: value };
                editing.draft({ edited: before?.edited ?? edited, entered: now });
                return now;
              })
            }
          />
        ))}
        <SignerName signer={signer} />
        <FormEnd
          action="Keep it"
          isBusy={busy}
          problem={mistake ?? (refused === null ? null : refusal(refused, list))}
          onCancel={onCancel}
        >
          {next !== null && (
            <button type="submit" class="button" name="next" disabled={busy}>
              {next}
            </button>
          )}
          {thing !== null && <TakingOut isBusy={busy} onTake={remove} />}
        </FormEnd>
      </form>
    </section>
  );
}

interface UnkeptProps {
  readonly edited: Edited;
  /** What was typed here before. */
  readonly before: Draft | null;
  readonly drafts: Editing["drafts"];
  readonly onOpen: (draft: Draft) => void;
}

/** What was typed before another form was opened: of this one, and of others, each a click away. */
function Unkept({ edited, before, drafts, onOpen }: UnkeptProps) {
  const others = [...drafts.values()].filter((draft) => draft.edited.place !== edited.place);
  const isOther = before !== null && JSON.stringify(before.edited.thing) !== JSON.stringify(edited.thing);
  return (
    <>
      {before !== null && (
        <p class="small" role="status">
          As you left it, not kept yet.
          {isOther && " Somebody kept another version meanwhile: “Cancel” shows what it says."}
        </p>
      )}
      {others.length > 0 && (
        <p class="small">
          Typed and not kept yet:{" "}
          {others.map((draft) => (
            <button key={draft.edited.place} type="button" class="quiet" onClick={() => onOpen(draft)}>
              {draft.edited.title}
            </button>
          ))}
        </p>
      )}
    </>
  );
}

/** The form comes into sight with its first field ready: whoever types on would else type into nothing. */
function useFirstField() {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const fields = [...(place.current?.querySelectorAll<HTMLInputElement>("input, select, textarea") ?? [])];
    const seen = fields.filter((field) => field.closest("details:not([open])") === null);
    // Where what the form is about is known already, the first that is still to be said.
    (seen.find(({ value, type }) => value === "" && type !== "checkbox") ?? seen[0])?.focus();
  }, []);
  return place;
}

interface PartProps {
  readonly part: Part;
  readonly page: Programme;
  readonly snapshots: Snapshots;
  readonly entered: Entered;
  readonly onEnter: (name: string, value: string) => void;
}

/** What can wait is folded, with how much of it was said; it unfolds by itself where something in it is wrong. */
function FormPart({ part: { title, words, isLater = false, fields }, page, snapshots, entered, onEnter }: PartProps) {
  const [isOpen, open] = useState(!isLater);
  const asked = (
    <>
      {words !== undefined && <p class="whole-row small muted">{words}</p>}
      {fields.map((field) => (
        <Asked
          key={field.name}
          field={field}
          entered={entered}
          page={page}
          snapshots={snapshots}
          onEnter={(value) => onEnter(field.name, value)}
        />
      ))}
    </>
  );
  if (title === null) return asked;
  if (!isLater)
    return (
      <fieldset class="form-part">
        <legend>{title}</legend>
        {asked}
      </fieldset>
    );
  const said = fields.filter(({ name }) => (entered[name] ?? "") !== "").length;
  return (
    <details
      class="form-part"
      open={isOpen}
      onToggle={({ currentTarget }) => open(currentTarget.open)}
      // A field that is not seen cannot say what is wrong with it.
      onInvalidCapture={() => open(true)}
    >
      <summary>
        {title}{" "}
        <span class="small muted">
          {said} of {fields.length} said
        </span>
      </summary>
      <div class="form-fields">{asked}</div>
    </details>
  );
}
