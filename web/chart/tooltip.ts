import type { Colours } from "./colours.ts";

/** How every tooltip looks. */
export function tooltipColours({ ink, surface, family, size }: Colours) {
  const font = { family, size };
  return {
    backgroundColor: ink,
    titleColor: surface,
    bodyColor: surface,
    footerColor: surface,
    footerFont: { ...font, weight: "normal" as const },
    titleFont: font,
    bodyFont: font,
    displayColors: false,
    padding: 10,
  };
}
