import { Go } from "../design/go.tsx";
import type { Connected } from "../types.ts";
import { Written } from "./written.tsx";

export function SavedStep({ reply }: { readonly reply: Connected }) {
  return (
    <div class="steps" role="status">
      <p>
        Saved. Collection has begun: its progress is below under Sources, and <Go to="./">the overview</Go> fills as
        data arrives.
      </p>
      <Written reply={reply} />
    </div>
  );
}
