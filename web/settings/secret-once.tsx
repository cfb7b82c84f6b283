import { Notice } from "../design/notice.tsx";

interface Props {
  readonly title: string;
  readonly secret: string;
  readonly children: string;
}

/** What is shown once and known to nobody afterwards. */
export function SecretOnce({ title, secret, children }: Props) {
  return (
    <Notice level="info" title={title}>
      <p>
        <code class="secret">{secret}</code>
      </p>
      <p>{children}</p>
    </Notice>
  );
}

/** The address of a page of this dashboard, with what browsers send to nobody. */
export function addressOf(page: string, secret: string): string {
  return new URL(`./${page}#${secret}`, window.location.href).href;
}
