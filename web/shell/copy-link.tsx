import { useEffect, useState } from "preact/hooks";

const SHOWN_MS = 6_000;

const ONLY_HERE = "Copied: it shows this view on this machine, where Headway answers nobody else.";

function isOfThisMachine(): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(window.location.hostname);
}

/** The address of what is looked at, for somebody else. Where a browser forbids to copy, it can be copied by hand. */
export function CopyLink() {
  const [done, tell] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (done !== "copied") return;
    const timer = setTimeout(() => tell(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = (): void => {
    // Browsers have it only on pages that are encrypted, or of this machine.
    const copied =
      "clipboard" in navigator
        ? navigator.clipboard.writeText(window.location.href)
        : Promise.reject(new Error("no clipboard"));
    copied.then(
      () => tell("copied"),
      () => tell("refused"),
    );
  };
  return (
    <>
      <button type="button" class="quiet" onClick={copy}>
        Copy link
      </button>
      <span role="status">
        {done === "copied" && (isOfThisMachine() ? ONLY_HERE : "Copied: whoever opens it sees this view.")}
        {done === "refused" && (
          <label>
            This browser does not let pages copy. The address to send:{" "}
            <input
              readOnly
              value={window.location.href}
              ref={(field) => field?.select()}
              onKeyDown={({ key }) => {
                if (key === "Escape") tell(null);
              }}
            />
          </label>
        )}
      </span>
    </>
  );
}
