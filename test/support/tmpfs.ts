/** A small disk that can be filled, where this machine lets us make one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Disk {
  readonly path: string;
  readonly remove: () => void;
}

/** @returns `null` where mounting is not allowed: without root, and in most containers. */
export function aSmallDisk(megabytes: number): Disk | null {
  const path = mkdtempSync(join(tmpdir(), "headway-disk-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0777`, "tmpfs", path]);
  const remove = () => {
    spawnSync("umount", ["-l", path]);
    rmSync(path, { recursive: true, force: true });
  };
  if (status === 0) return { path, remove };
  rmSync(path, { recursive: true, force: true });
  return null;
}
