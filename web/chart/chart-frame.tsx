import type { FrameProps } from "./frame.tsx";
import { Frame } from "./frame.tsx";
import type { Picture } from "./picture.ts";

/** A series over time. */
export function ChartFrame(props: FrameProps<Picture>) {
  return <Frame {...props} load={async () => (await import("./draw.ts")).draw} />;
}
