import "../judgements/judgements.css";

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

import { useCommand } from "../connect/use-command.ts";
import { Notice } from "../design/notice.tsx";
import { Brand } from "../shell/brand.tsx";
import { Opening } from "../shell/opening.tsx";
import { Field, Form, NewPassword } from "./fields.tsx";
import { FirstAdministrator } from "./first-administrator.tsx";

interface Props {
  /** Called once somebody is in. */
  readonly onIn: () => void;
}

/** Asks who somebody is, in the place of whatever they wanted to see. */
export function Login({ onIn, provider }: Props & { readonly provider: string | null }) {
  const [name, enter] = useState("");
  const [password, say] = useState("");
  const { isBusy, problem, run } = useCommand("/api/login");
  return (
    <Frame title="Log in" sentence="Headway tells what it knows to those it knows.">
      {provider !== null && <AtProvider name={provider} />}
      <Form
        action="Log in"
        isBusy={isBusy}
        problem={problem}
        onSend={() => run({ name, password }, onIn)}
        onCancel={null}
      >
        <Field label="Name" value={name} onEnter={enter} autocomplete="username" />
        <Field label="Password" value={password} onEnter={say} autocomplete="current-password" isSecret />
      </Form>
      <p class="small muted">
        Without a password, or one that is forgotten: an administrator gives you a link by which you choose one.
      </p>
    </Frame>
  );
}

/** Leads to the company's identity provider, and from there back to what somebody wanted to see. */
function AtProvider({ name }: { readonly name: string }) {
  const { isBusy, problem, run } = useCommand("/api/login/provider");
  const { pathname, search } = window.location;
  const view = `${pathname.slice(pathname.lastIndexOf("/") + 1)}${search}`;
  const to = view.length <= 1000 && /^[a-z-]*(\?[^#\s\\]*)?$/.test(view) ? view : "";
  return (
    <>
      <button
        type="button"
        class="button"
        disabled={isBusy}
        onClick={() => run({ to }, ({ url }) => window.location.assign(url))}
      >
        {isBusy ? "One moment …" : `Log in with ${name}`}
      </button>
      {problem !== null && <Notice level="warning" title={problem} />}
      <p class="small muted">or by a password of this Headway:</p>
    </>
  );
}

/** Where a provider sends somebody back to. What it says goes from the address at once. */
export function SignedIn({ onIn }: Props) {
  const [query] = useState(() => window.location.search.slice(1));
  const { problem, run } = useCommand("/api/login/provider/end");
  useEffect(() => {
    history.replaceState(null, "", window.location.pathname);
    // Relative to the dashboard, which the server has seen to: it leads nowhere else.
    run({ query }, ({ to }) => window.location.replace(`./${to}`));
  }, []);
  if (problem === null) return null;
  return (
    <Frame title="Log in" sentence="You are not in yet.">
      <Notice level="warning" title={problem} />
      <button type="button" class="button" onClick={onIn}>
        Log in
      </button>
    </Frame>
  );
}

/** Nobody can log in yet, and whoever asks does not sit at the machine: they prove that they see its terminal. */
export function First() {
  return (
    <>
      <header class="top">
        <Brand />
      </header>
      <main id="main" class="page" tabIndex={-1}>
        <FirstAdministrator />
      </main>
    </>
  );
}

/** Takes an invitation. Its code stands behind the #, which browsers send to nobody, and goes from the address at once. */
export function Welcome({ onIn }: Props) {
  const [code] = useState(() => window.location.hash.slice(1));
  const [password, say] = useState("");
  const { isBusy, problem, run } = useCommand("/api/welcome");
  useEffect(() => history.replaceState(null, "", window.location.pathname), []);
  if (code === "")
    return (
      <Frame title="Welcome" sentence="The link is not whole: its end is missing.">
        <p>Open it again as it was given to you, or ask for another one.</p>
      </Frame>
    );
  return (
    <Frame title="Welcome" sentence="Choose a password, and you are in.">
      <Form
        action="Log in"
        isBusy={isBusy}
        problem={problem}
        onSend={() => run({ code, password }, onIn)}
        onCancel={null}
      >
        <NewPassword value={password} onEnter={say} />
      </Form>
    </Frame>
  );
}

/** Opens a link. Its code goes from the address at once, and a cookie that no page can read stands for it. */
export function Shared({ onIn, code }: Props & { readonly code: string }) {
  const { problem, run } = useCommand("/api/shares/open");
  useEffect(() => {
    const { pathname, search } = window.location;
    history.replaceState(null, "", `${pathname}${search}`);
    run({ code }, onIn);
  }, []);
  if (problem === null) return null;
  return (
    <Frame title="A link" sentence="This could not be shown.">
      <Notice level="warning" title={problem} />
      <button type="button" class="button" onClick={onIn}>
        Go on without it
      </button>
    </Frame>
  );
}

interface FrameProps {
  readonly title: string;
  readonly sentence: string;
  readonly children: ComponentChildren;
}

function Frame({ title, sentence, children }: FrameProps) {
  useEffect(() => {
    document.title = `${title} · Headway`;
  }, []);
  return (
    <>
      <header class="top">
        <Brand />
      </header>
      <main id="main" class="page" tabIndex={-1}>
        <Opening title={title} sentence={sentence} />
        <div class="decide">{children}</div>
      </main>
    </>
  );
}
