import type { DigestOptions } from "#config/digests.ts";
import type { Allowed } from "#collectors/polite/reach.ts";
import { connectionTo } from "#collectors/polite/reach.ts";
import nodemailer from "nodemailer";
import type { Message } from "./message.ts";
import { textOf } from "./message.ts";
import { DigestError } from "./problem.ts";

const PATIENCE = 20_000;

/**
 * Sends a message by e-mail, as plain text. Nobody who gets it sees who else does.
 *
 * @throws DigestError when the server cannot be reached, or takes it for none of the recipients.
 */
export async function mail(
  { smtp, from, recipients }: Extract<DigestOptions, { to: "email" }>,
  message: Message,
  allowed: Allowed,
): Promise<void> {
  const transport = nodemailer.createTransport({
    url: smtp,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    // What is sent is text that is here already: nothing of it may be a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: ({ host = "", port, secure = false }, answer) => {
      const place = { host, port: Number(port ?? (secure ? 465 : 587)), patience: PATIENCE };
      connectionTo(place, allowed).then(
        (connection) => answer(null, { connection }),
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  try {
    await transport.sendMail({
      from,
      to: from,
      envelope: { from, to: [...recipients] },
      subject: message.title,
      text: `${textOf(message)}\n`,
      headers: { "auto-submitted": "auto-generated" },
    });
  } catch (error) {
    throw new DigestError(
      "The mail server did not take the message, so it was not sent; it is tried again in some minutes. Are its address, user and password right, and may they send from this address?",
      { cause: error },
    );
  } finally {
    transport.close();
  }
}
