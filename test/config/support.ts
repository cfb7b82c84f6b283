import { expect } from "vitest";

/** The message of the error of this kind that something throws. */
export function problem(act: () => unknown, kind: abstract new (...args: never[]) => Error): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(kind);
    return (error as Error).message;
  }
  throw new Error("It was not refused.");
}
