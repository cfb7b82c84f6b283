/** A hash of rows that does not depend on their order, so that two databases need not sort alike. */
import { createHash } from "node:crypto";

export interface Print {
  readonly rows: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

const SIZE = 2n ** 256n;

/**
 * The sum of the SHA-256 of each row, modulo 2^256. It tells what was lost, added, changed or doubled on the way; it is no proof against
 * somebody who may choose the rows.
 */
export class RowHash {
  #sum = 0n;
  #rows = 0;

  /** @param values in one order of columns; unknown is `null`, bytes are a Buffer. */
  add(values: readonly unknown[]): void {
    const text = JSON.stringify(
      values.map((value) => (Buffer.isBuffer(value) ? { bytes: value.toString("hex") } : value)),
    );
    this.#sum = (this.#sum + BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)) % SIZE;
    this.#rows++;
  }

  print(): Print {
    return { rows: this.#rows, hash: this.#sum.toString(16).padStart(64, "0") };
  }
}
