import "../judgements/judgements.css";

import { useState } from "preact/hooks";

import { useCommand } from "../connect/use-command.ts";
import { Opening } from "../shell/opening.tsx";
import { Field, Form, NewPassword } from "./fields.tsx";

/** The first one proves that they see the terminal in which Headway runs; from then on everybody logs in. */
export function FirstAdministrator() {
  const [isPrinted, print] = useState(false);
  const [code, type] = useState("");
  const [name, enter] = useState("");
  const [password, say] = useState("");
  const printing = useCommand("/api/first-run/code");
  const { isBusy, problem, run } = useCommand("/api/first-run");
  const printCode = (): void => printing.run({}, () => print(true));
  return (
    <>
      <Opening
        title="First administrator"
        sentence="Nobody can log in yet. From now on everybody does, on the machine itself, too, and an administrator says who."
      />
      <div class="decide">
        <button type="button" class="button" onClick={printCode} disabled={printing.isBusy}>
          {isPrinted ? "Print another code" : "Print a code in the terminal"}
        </button>
        <p class="small muted" role="status">
          {printing.problem ??
            (isPrinted
              ? "Look at the terminal in which Headway runs. The code is good for 15 minutes and for one use."
              : "The terminal is the one in which Headway runs, so that only whoever runs it comes first.")}
        </p>
        {isPrinted && (
          <Form
            action="Become the administrator"
            isBusy={isBusy}
            problem={problem}
            onSend={() => run({ code, name, password }, () => window.location.replace("./settings"))}
            onCancel={null}
          >
            <Field label="Code" value={code} onEnter={type} autocomplete="one-time-code" />
            <Field label="Your name" value={name} onEnter={enter} autocomplete="username" />
            <NewPassword value={password} onEnter={say} />
          </Form>
        )}
      </div>
    </>
  );
}
