import { Go } from "../design/go.tsx";

export function Brand() {
  return (
    <Go to="./" class="brand">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <rect width="24" height="24" rx="6" class="brand-tile" />
        <path d="M7 6v12M17 6v12M7 12h10" class="brand-mark" />
      </svg>
      Headway
    </Go>
  );
}
